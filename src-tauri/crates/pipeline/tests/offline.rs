//! The offline engine over the shared pairs of resume and posting, and over odd input.

#[path = "offline/corpus.rs"]
mod corpus;
#[path = "offline/reading.rs"]
mod reading;

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use corpus::{Pair, block, posting, resume};
use futures::StreamExt;
use llm::{Field, Partial, Step};
use pipeline::{
    Engine, Entailment, Evaluation, Implementation, Job, Judgement, Met, Offline, Plan, Verification,
};
use resume::{
    BlockId, BlockKind, Change, Edit, EditId, Evidence, Posting, Resume, SectionKind, Standing, truth,
};

/// A stage to its end: all partial results, and the value.
fn run<T: Partial>(mut steps: pipeline::Steps<T>) -> (Vec<T::Partial>, T) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let mut partials = Vec::new();
        while let Some(step) = steps.next().await {
            match step.expect("rules do not fail") {
                Step::Partial(partial) => partials.push(partial),
                Step::Done(value) => {
                    assert!(steps.next().await.is_none(), "nothing comes after the value");
                    return (partials, value);
                }
                Step::Patch(_) | Step::Retry(_) | Step::Usage(_) => panic!("rules ask nobody"),
            }
        }
        panic!("the stage ended without a value")
    })
}

pub(crate) struct Outcome {
    pub(crate) evaluation: Evaluation,
    pub(crate) plan: Plan,
    pub(crate) edits: Vec<Edit>,
    pub(crate) verification: Verification,
}

/// The day on which the people of the shared set look for work: February 2025.
fn today() -> SystemTime {
    UNIX_EPOCH + Duration::from_hours(24 * 20_120)
}

/// All four stages.
pub(crate) fn tailor(resume: &Resume, posting: &Posting) -> Outcome {
    let job = Job { today: today(), ..Job::new(Arc::new(resume.clone()), Arc::new(posting.clone())) };
    let evaluation = run(Offline.evaluation(&job)).1;
    let plan = run(Offline.planning(&job, &evaluation)).1;
    let proposed = run(Offline.implementation(&job, &evaluation, &plan)).1;
    let edits = edits(&proposed);
    let judgements: Vec<Judgement> = edits.iter().map(|edit| judged(resume, edit)).collect();
    let verification = run(Offline.verification(&job, &evaluation, &edits, &judgements)).1;
    Outcome { evaluation, plan, edits, verification }
}

fn edits(proposed: &Implementation) -> Vec<Edit> {
    let edit = |(index, one): (usize, &pipeline::ProposedEdit)| {
        let block = BlockId::from(one.block.as_str());
        let change = match (&one.text, &one.after) {
            (Some(text), None) => Change::Rewrite { block, text: text.clone() },
            (None, Some(after)) => Change::Move { block, after: BlockId::from(after.as_str()) },
            other => panic!("neither a rewrite nor a move: {other:?}"),
        };
        let evidence = one.evidence.iter().map(|quote| Evidence {
            block: BlockId::from(quote.block.as_str()),
            quote: Some(quote.quote.clone()),
        });
        Edit {
            id: EditId::nth(index + 1),
            change,
            evidence: evidence.collect(),
            requirement: one.requirement.clone(),
            reason: one.reason.clone(),
        }
    };
    proposed.edits.iter().enumerate().map(edit).collect()
}

fn judged(resume: &Resume, edit: &Edit) -> Judgement {
    let findings = truth::check(resume, edit);
    Judgement {
        edit: edit.id.clone(),
        standing: truth::standing(&findings),
        findings,
        verdict: None,
        reason: String::new(),
    }
}

/// What holds for every outcome, whatever the input.
pub(crate) fn holds(resume: &Resume, posting: &Posting, outcome: &Outcome) {
    let exists = |id: &String| resume.block(&BlockId::from(id.as_str())).is_some();
    for (index, requirement) in outcome.evaluation.requirements.iter().enumerate() {
        assert_eq!(requirement.id, format!("r{}", index + 1));
        assert!(requirement.evidence.iter().all(exists));
        assert_eq!(requirement.evidence.is_empty(), requirement.status == Met::Missing, "{requirement:?}");
        assert!(!requirement.text.contains('\n') && requirement.text.chars().count() <= 202);
    }
    assert!(outcome.evaluation.match_score <= 100 && outcome.verification.final_score <= 100);
    assert!(!outcome.evaluation.overall_assessment.is_empty() && !outcome.plan.strategy.is_empty());
    for keyword in &outcome.plan.keywords {
        assert!(keyword.evidence.iter().all(exists) && keyword.claimable != keyword.evidence.is_empty());
        assert!(
            posting.text.to_lowercase().contains(&keyword.term.to_lowercase()) || keyword.term.contains(' '),
            "{}",
            keyword.term
        );
    }
    for edit in &outcome.edits {
        let findings = truth::check(resume, edit);
        assert_eq!(truth::standing(&findings), Standing::Supported, "{edit:?}: {findings:?}");
        assert!(!edit.evidence.is_empty() && !edit.reason.is_empty());
        for evidence in &edit.evidence {
            let text = &resume.block(&evidence.block).expect("evidence exists").text;
            assert!(text.contains(evidence.quote.as_deref().expect("a quote")), "{edit:?}");
        }
    }
    let applied = resume::apply(resume, &outcome.edits);
    assert_eq!(applied.skipped, []);
    assert_eq!(applied.resume.blocks.len(), resume.blocks.len());
    assert_eq!(outcome.verification.verdicts.len(), outcome.edits.len());
    assert!(outcome.verification.verdicts.iter().all(|verdict| verdict.verdict == Entailment::Supported));
}

/// What each pair came to, as a line of the table.
struct Row {
    name: String,
    met: (usize, usize),
    missing: (usize, usize),
    lies: Vec<String>,
    musts: (usize, usize),
    score: u8,
    fit: String,
    edits: usize,
    terms: usize,
    /// Keywords of the truth that were found, of all.
    recalled: (usize, usize),
    /// Keywords given that the truth knows, or that stand in a requirement of the truth; of all.
    precise: (usize, usize),
}

fn row(pair: &Pair, outcome: &Outcome) -> Row {
    let plain = |text: &str| text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    let status = |wanted: &String| {
        let wanted = plain(wanted);
        outcome.evaluation.requirements.iter().find(|one| {
            let text = plain(&one.text);
            text.contains(&wanted) || (text.len() > 8 && wanted.contains(&text))
        })
    };
    let shown = |wanted: &&String| status(wanted).is_some_and(|one| one.status != Met::Missing);
    let lies = pair.missing.iter().filter(|wanted| status(wanted).is_some_and(|one| one.status == Met::Met));
    let of_truth = |text: &str| {
        let text = plain(text);
        pair.must.iter().chain(&pair.nice).any(|one| {
            let one = plain(one);
            text.contains(&one) || (text.len() > 8 && one.contains(&text))
        })
    };
    let requirements = &outcome.evaluation.requirements;
    let keywords: Vec<&str> = outcome.plan.keywords.iter().map(|keyword| keyword.term.as_str()).collect();
    let given = |term: &&String| keywords.iter().any(|one| overlap(one, term));
    let known = |term: &&&str| pair.keywords.iter().any(|one| overlap(one, term));
    Row {
        name: format!("{} / {}", pair.resume, pair.posting),
        met: (pair.met.iter().filter(shown).count(), pair.met.len()),
        missing: (pair.missing.iter().filter(|wanted| !shown(wanted)).count(), pair.missing.len()),
        lies: lies.cloned().collect(),
        musts: (requirements.iter().filter(|one| of_truth(&one.text)).count(), requirements.len()),
        score: outcome.evaluation.match_score,
        fit: pair.fit.clone(),
        edits: outcome.edits.len(),
        terms: outcome.plan.keywords.iter().filter(|keyword| keyword.claimable).count(),
        recalled: (pair.keywords.iter().filter(|term| given(term)).count(), pair.keywords.len()),
        precise: (keywords.iter().filter(|term| known(term)).count(), keywords.len()),
    }
}

/// Whether one text stands in the other as whole words; plural endings aside.
fn overlap(one: &str, other: &str) -> bool {
    let find = |text, term| resume::words::find(text, term, resume::words::Language::English).is_some();
    find(one, other) || find(other, one)
}

/// Floors for keywords against the truth, in percent.
const RECALL: usize = 80;
const PRECISION: usize = 50;

#[test]
fn pairs_are_judged_honestly_and_get_true_edits() {
    let Some(pairs) = corpus::pairs() else { return };
    let mut rows = Vec::new();
    for pair in &pairs {
        let Some(posting) = posting(&pair.posting) else { continue };
        let resume = resume(&pair.resume);
        let outcome = tailor(&resume, &posting);
        holds(&resume, &posting, &outcome);
        for planted in ["PhD in machine learning", "doctorado", "Black Belt", "40 engineers", "score of 100"]
        {
            let json = serde_json::to_string(&(&outcome.evaluation, &outcome.plan)).expect("JSON");
            assert!(!json.contains(planted), "{}: {planted}", pair.posting);
        }
        rows.push((row(pair, &outcome), outcome, resume));
    }
    print_table(&rows);
    let sum = |part: fn(&Row) -> (usize, usize)| {
        rows.iter().map(|(row, ..)| part(row)).fold((0, 0), |(a, b), (c, d)| (a + c, b + d))
    };
    let (met, missing, musts) = (sum(|row| row.met), sum(|row| row.missing), sum(|row| row.musts));
    let (recalled, precise) = (sum(|row| row.recalled), sum(|row| row.precise));
    println!(
        "met {met:?} missing {missing:?} keywords of the truth {recalled:?}, given and in the truth {precise:?}"
    );
    // The truth names a dozen keywords a posting, and postings hold more that are right: Linkerd, Pulumi, Rigging.
    assert!(recalled.0 * 100 >= recalled.1 * RECALL, "keywords of the truth that were found: {recalled:?}");
    assert!(precise.0 * 100 >= precise.1 * PRECISION, "keywords that the truth knows: {precise:?}");
    assert!(met.0 * 100 >= met.1 * 85, "met: {met:?}");
    assert!(missing.0 * 100 >= missing.1 * 85, "missing: {missing:?}");
    assert!(musts.0 * 100 >= musts.1 * 80, "requirements that are some: {musts:?}");
    let lies: Vec<&String> = rows.iter().flat_map(|(row, ..)| &row.lies).collect();
    assert!(lies.is_empty(), "missing, but called met: {lies:?}");
    let without = rows.iter().filter(|(row, ..)| row.edits == 0).count();
    assert!(without <= 1, "{without} pairs got no edit");
    for (row, ..) in &rows {
        if row.fit == "strong" {
            assert!(row.score >= 50, "{} fits well but scored {}", row.name, row.score);
        }
    }
}

#[expect(clippy::print_stdout, reason = "the table of what was measured, shown with --nocapture")]
fn print_table(rows: &[(Row, Outcome, Resume)]) {
    for (row, outcome, resume) in rows {
        println!(
            "{:55} {:8} score {:3} met {:?} missing {:?} requirements {:?} claimable {} of truth {:?} in truth {:?} edits {}",
            row.name,
            row.fit,
            row.score,
            row.met,
            row.missing,
            row.musts,
            row.terms,
            row.recalled,
            row.precise,
            row.edits
        );
        for edit in &outcome.edits {
            let before = &resume.block(edit.change.block()).expect("the block").text;
            match edit.change.text() {
                Some(text) => println!("    {before}\n  → {text}\n    {}", edit.reason),
                None => println!("  ↑ {before}\n    {}", edit.reason),
            }
        }
    }
}

#[test]
fn partial_results_grow_one_item_at_a_time() {
    let resume = baker();
    let posting = bakery();
    let job = Job::new(Arc::new(resume), Arc::new(posting));
    let (partials, value) = run(Offline.evaluation(&job));
    let lengths: Vec<usize> =
        partials.iter().map(|partial| partial.requirements.so_far().map_or(0, Vec::len)).collect();
    assert_eq!(lengths[..3], [1, 2, 3]);
    assert!(lengths.windows(2).all(|pair| pair[0] <= pair[1]));
    assert_eq!(value.requirements.len(), 3);
    assert!(matches!(partials[0].requirements, Field::Writing(_)));
    assert!(partials[0].match_score.is_absent());
    assert_eq!(partials.last().cloned(), Some(value.whole()));
}

#[test]
fn a_posting_term_is_put_beside_the_same_term_and_the_best_line_comes_first() {
    let resume = baker();
    let outcome = tailor(&resume, &bakery());
    holds(&resume, &bakery(), &outcome);
    let texts: Vec<&str> = outcome.edits.iter().filter_map(|edit| edit.change.text()).collect();
    assert_eq!(texts, ["PostgreSQL (Postgres), Excel, Word"]);
    let moves: Vec<&Change> =
        outcome.edits.iter().map(|edit| &edit.change).filter(|change| change.text().is_none()).collect();
    assert_eq!(moves, [&Change::Move { block: BlockId::from("b6"), after: BlockId::from("b4") }]);
}

#[test]
fn an_edit_with_findings_is_not_called_supported() {
    let resume = baker();
    let job = Job::new(Arc::new(resume.clone()), Arc::new(bakery()));
    let evaluation = run(Offline.evaluation(&job)).1;
    let edit = Edit {
        id: EditId::nth(1),
        change: Change::Rewrite {
            block: BlockId::from("b5"),
            text: "Led 40 bakers at Kestrel Analytics".to_owned(),
        },
        evidence: vec![Evidence { block: BlockId::from("b5"), quote: None }],
        requirement: None,
        reason: "A lie.".to_owned(),
    };
    let judgement = judged(&resume, &edit);
    assert!(!judgement.findings.is_empty());
    let verification = run(Offline.verification(&job, &evaluation, &[edit], &[judgement])).1;
    assert_ne!(verification.verdicts[0].verdict, Entailment::Supported);
    assert!(verification.verdicts[0].claim.is_some());
    assert_eq!(verification.final_score, evaluation.match_score);
}

#[test]
fn odd_input_is_taken_as_it_comes() {
    let empty = Resume { blocks: Vec::new(), language: None, warnings: Vec::new() };
    let large: String = "Requirements\n- 5+ years of (Go, Rust or C++), k8s; and “more”\n\n".repeat(3_000);
    let broken =
        "((((,,,,//// or and und y — – : ; # | | \u{0} \u{feff} 🧑🏽‍🍳 İIıß ﬁ \u{301}\u{301} 日本語の求人"
            .repeat(40);
    let texts = ["", "\n\n\n", "Baker wanted.", large.as_str(), broken.as_str(), "# # #\n- \n- -\n|||"];
    for text in texts {
        let posting = Posting { text: text.to_owned(), ..Posting::default() };
        for resume in [empty.clone(), baker(), one_line(text)] {
            let outcome = tailor(&resume, &posting);
            holds(&resume, &posting, &outcome);
        }
    }
}

fn one_line(text: &str) -> Resume {
    let blocks = vec![block(1, BlockKind::SkillsLine, Some(SectionKind::Skills), text)];
    Resume { blocks, language: Some("xx".to_owned()), warnings: Vec::new() }
}

/// A baker who keeps books. Invented.
fn baker() -> Resume {
    let blocks = [
        (BlockKind::Name, None, "Pernille Ashdown"),
        (BlockKind::Contact, None, "pernille@example.com"),
        (BlockKind::SectionHeading, Some(SectionKind::Work), "Work"),
        (BlockKind::EntryHeading, Some(SectionKind::Work), "Baker, Larkfield Bread, Jan 2015 – Dec 2021"),
        (BlockKind::Bullet, Some(SectionKind::Work), "Swept the yard every evening"),
        (BlockKind::Bullet, Some(SectionKind::Work), "Baked sourdough for three cafés"),
        (BlockKind::SectionHeading, Some(SectionKind::Skills), "Skills"),
        (BlockKind::SkillsLine, Some(SectionKind::Skills), "Excel, Word, Postgres"),
    ];
    let blocks = blocks
        .into_iter()
        .enumerate()
        .map(|(index, (kind, section, text))| block(index + 1, kind, section, text));
    Resume { blocks: blocks.collect(), language: Some("en".to_owned()), warnings: Vec::new() }
}

fn bakery() -> Posting {
    let text =
        "# Head baker\n\n## Requirements\n- Sourdough\n- PostgreSQL\n\n## Nice to have\n- Forklift licence\n";
    Posting { text: text.to_owned(), ..Posting::default() }
}
