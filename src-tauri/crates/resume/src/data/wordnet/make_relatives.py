"""Boils WordNet 3.0 down to relatives.txt: for each common word its part of speech and the words that mean the same.

    make_relatives.py WORDNET_FOLDER VECTORS.npy WORDS.parquet > relatives.txt

WordNet says which words are related; the GloVe vectors (6B, 50 dimensions) only drop the rare senses and the rare
words. See README.md for both sources, their licences and the format.
"""
import collections
import sys

import numpy as np
import pyarrow.parquet as pq

FOLDER, VECTORS, WORDS = sys.argv[1:4]
COMMON = 60_000  # as many of the most common words are kept
SENSES = 4  # rarer senses of a word are left out
MOST = 64  # relatives a word

names = pq.read_table(WORDS).column('index').to_pylist()
vectors = np.load(VECTORS, mmap_mode='r')
at = {w: n for n, w in enumerate(names[:200_000])}
cache = {}


def unit(word):
    if word not in cache:
        n = at.get(word)
        v = None if n is None else np.array(vectors[n], dtype=np.float32)
        cache[word] = None if v is None else v / np.linalg.norm(v)
    return cache[word]


def near(a, b, unknown):
    if '_' in a or '_' in b:
        return 0.45
    x, y = unit(a), unit(b)
    return unknown if x is None or y is None else float(x @ y)


FILES = {'n': 'noun', 'v': 'verb', 'a': 'adj', 'r': 'adv'}
synsets, senses, named, people = {}, {}, {}, set()
concrete = set()
# Acts, animals, artifacts, body, food, objects, plants, states and substances, by the lexicographer's files.
CONCRETE = {'04', '05', '06', '08', '13', '17', '20', '26', '27'}
PERSON = '18'  # the lexicographer's file of words for people
for pos, file in FILES.items():
    for line in open(f'{FOLDER}/data.{file}'):
        if line.startswith(' '):
            continue
        part = line.split('|')[0].split()
        count = int(part[3], 16)
        # Names of persons and places are no words: they keep their capital, which no headword has.
        words = [part[4 + 2 * i].split('(')[0] for i in range(count)]
        p = 4 + 2 * count
        pointers = [tuple(part[p + 1 + 4 * i:p + 5 + 4 * i]) for i in range(int(part[p]))]
        synsets[pos, part[0]] = (words, pointers)
        if part[1] == PERSON and pos == 'n':
            people.add((pos, part[0]))
        if part[1] in CONCRETE and pos == 'n':
            concrete.add((pos, part[0]))
    for line in open(f'{FOLDER}/index.{file}'):
        if line.startswith(' '):
            continue
        part = line.split()
        named[part[0], pos] = [(pos, o) for o in part[-int(part[2]):]]

for (word, pos), found in named.items():
    own = [s for s in found if word in synsets[s][0]]
    if own:
        senses[word, pos] = own

tags = collections.defaultdict(collections.Counter)
for line in open(f'{FOLDER}/cntlist.rev'):
    key, _, count = line.split()
    lemma, rest = key.rsplit('%', 1)
    tags[lemma]['_nvara'[int(rest[0])]] += int(count)


PARTICLES = set('up out over off on in down after for with away back together through about around into along across'.split())


def single(word):
    if '_' in word:
        # "look after", "set up"
        first, _, last = word.partition('_')
        return last in PARTICLES and first.isalpha()
    return word == word.lower() and "'" not in word and '.' not in word and '/' not in word and not any(c.isdigit() for c in word)


def rank(word, synset):
    own = senses.get((word, synset[0]), [])
    return own.index(synset) if synset in own else 99


def follow(synset, symbols, word=None):
    words, pointers = synsets[synset]
    for symbol, offset, pos, where in pointers:
        if symbol not in symbols:
            continue
        target = ('a' if pos == 's' else pos, offset)
        source, goal = int(where[:2], 16), int(where[2:], 16)
        if word is not None and source and words[source - 1] != word:
            continue
        yield target, (synsets[target][0][goal - 1:goal] if goal else synsets[target][0])


def derived(word, parts='nvar'):
    for pos in parts:
        for synset in senses.get((word, pos), [])[:SENSES]:
            for target, words in follow(synset, {'+', '\\', '<'}, word):
                for other in words:
                    yield other


def synonyms(word, parts='nvar', senses_of=SENSES):
    for pos in parts:
        for synset in senses.get((word, pos), [])[:senses_of]:
            for other in synsets[synset][0]:
                if rank(other, synset) < SENSES:
                    yield other


def relatives(word):
    found = {}

    def add(other, least, weight=0.0, unknown=0.3):
        if other == word or not single(other) or other in opposite:
            return
        cos = near(word, other, unknown)
        if cos >= least:
            found[other] = max(found.get(other, 0), cos + weight)

    opposite = {w for pos in 'nvar' for s in senses.get((word, pos), []) for _, ws in follow(s, {'!'}, word) for w in ws}
    for other in synonyms(word):
        add(other, 0.15, 0.5)
    for other in derived(word):
        add(other, 0.0, 0.6)
        for more in synonyms(other, senses_of=3):
            add(more, 0.45)
        for more in derived(other):
            add(more, 0.2, 0.2)
    for other in synonyms(word, senses_of=3):
        for more in derived(other):
            add(more, 0.4)
    # What is said more generally is no new claim: "vehicle" for "van".
    for synset in senses.get((word, 'n'), [])[:3]:
        level = [synset]
        for depth in range(4):
            level = [below for above in level for below, _ in follow(above, {'~'})][:400]
            for below in level:
                for other in synsets[below][0]:
                    if rank(other, below) < 2 and at.get(other, 10**9) < 25_000:
                        add(other, 0.25 + 0.05 * depth, unknown=0.2)
    for synset in senses.get((word, 'v'), [])[:SENSES]:
        for target, words in list(follow(synset, {'~', '@', '$'})):
            for other in words:
                if rank(other, target) < 3:
                    add(other, 0.45)
    for synset in senses.get((word, 'a'), [])[:3]:
        for target, words in list(follow(synset, {'&'})):
            for other in words:
                add(other, 0.45)
    return [w for w, _ in sorted(found.items(), key=lambda pair: -pair[1])[:MOST]]


lines = []
for word in sorted({w for w, _ in senses}):
    if not single(word) or len(word) < 3:
        continue
    if '_' in word and (word, 'v') not in senses or '_' not in word and at.get(word, 10**9) >= COMMON:
        continue
    counts = tags[word]
    total = sum(counts.values())
    parts = ''.join(p for p in 'nvar' if (word, p) in senses and (not total or counts[p] * 4 >= total))
    parts = parts or max(counts, key=counts.get)
    if 'n' in parts and (word, 'n') in senses and any(sense in people for sense in senses[word, 'n'][:2]):
        parts += 'p'
    if 'n' in parts and (word, 'n') in senses and any(sense in concrete for sense in senses[word, 'n'][:2]):
        parts += 'c'
    others = relatives(word)
    lines.append(f'{word} {parts} {" ".join(others)}'.rstrip())
print('\n'.join(lines))
