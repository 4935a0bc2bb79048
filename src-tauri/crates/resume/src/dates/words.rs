//! The words of dates: months, seasons, "present", "since", "until", in the languages that are read.
//!
//! The four languages of the app come first; the others are those whose resumes people send along.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Months by their beginnings, from January. A word is a month where it is one of these in full.
const MONTHS: [&str; 12] = [
    "jan january januar jänner jaener jän janv janvier ene enero gennaio gen janeiro januari styczeń stycznia январь января янв يناير ינואר जनवरी ιανουάριος ιανουαρίου มกราคม",
    "feb february februar feber févr fév fevr février fevrier febr febrero febbraio fevereiro fev februari luty lutego февраль февраля фев فبراير פברואר फ़रवरी फरवरी φεβρουάριος φεβρουαρίου กุมภาพันธ์",
    "mar march mär mrz märz maerz mars marzo março maart mrt marzec marca март марта мар مارس מרץ मार्च μάρτιος μαρτίου มีนาคม",
    "apr april avr avril abr abril aprile kwiecień kwietnia апрель апреля апр أبريل ابريل אפריל अप्रैल απρίλιος απριλίου เมษายน",
    "may mai mayo maggio mag maio mei maj maja май мая مايو מאי मई μάιος μαΐου พฤษภาคม",
    "jun june juni juin junio giugno giu junho czerwiec czerwca июнь июня июн يونيو יוני जून ιούνιος ιουνίου มิถุนายน",
    "jul july juli juil juillet julio luglio lug julho lipiec lipca июль июля июл يوليو יולי जुलाई ιούλιος ιουλίου กรกฎาคม",
    "aug august août aout ago agosto augustus sierpień sierpnia август августа авг أغسطس اغسطس אוגוסט अगस्त αύγουστος αυγούστου สิงหาคม",
    "sep sept september septembre septiembre setiembre settembre set setembro wrzesień września сентябрь сентября сен سبتمبر ספטמבר सितंबर σεπτέμβριος σεπτεμβρίου กันยายน",
    "oct october okt oktober octobre octubre ottobre ott outubro out październik października октябрь октября окт أكتوبر اكتوبر אוקטובר अक्टूबर οκτώβριος οκτωβρίου ตุลาคม",
    "nov november novembre noviembre novembro listopad listopada ноябрь ноября ноя نوفمبر נובמבר नवंबर νοέμβριος νοεμβρίου พฤศจิกายน",
    "dec december dez dezember déc décembre decembre dic diciembre dicembre dezembro grudzień grudnia декабрь декабря дек ديسمبر דצמבר दिसंबर δεκέμβριος δεκεμβρίου ธันวาคม",
];

/// Seasons and terms, which name a part of a year.
const SEASONS: &str = "spring summer autumn fall winter frühjahr frühling sommer herbst printemps été automne hiver primavera verano otoño invierno summers ws ss wise sose wintersemester sommersemester semester easter michaelmas весна лето осень зима";

/// Words for what still lasts; words of one phrase are joined by a dash.
const NOW: &str = "present now today current currently ongoing date to-date till-date heute jetzt laufend dato aktuell gegenwart présent aujourd-hui actuel actuelle ce-jour maintenant actualidad la-actualidad hoy presente el-presente la-fecha actual actualmente oggi attuale hoje atual heden nu obecnie настоящее-время наст-время н-в сегодня الآن الان حتى-الآن היום כיום वर्तमान अब-तक σήμερα ปัจจุบัน 至-今 现-在 現-在 今 현-재";

/// Words between the two ends of a span.
const TO: &str =
    "to bis à au a al hasta until till through thru fino do до по إلى עד से έως ถึง 至 到 から ate até tot";

/// Words in front of a beginning.
const SINCE: &str = "since seit depuis desde from ab von dal od с от منذ מאז από";

/// Words in front of an end.
const UNTIL: &str = "until till bis hasta exp expires expected expiry valid anticipated voraussichtlich gültig prévu previsto por";

/// Words in brackets behind a date that say how it is meant, or how long it lasted.
const REMARKS: &str = "current expected anticipated expired lapsed active valid ongoing planned projected laufend voraussichtlich abgelaufen prévu prévue previsto prevista en-cours yr yrs year years month months mo mos jahr jahre monate monat mois ans an año años mes meses";

/// What a word may mean in a date, as bits.
static MEANINGS: LazyLock<HashMap<&'static str, u16>> = LazyLock::new(|| {
    let mut meanings = HashMap::new();
    let mut add = |list: &'static str, meaning: u16| {
        for word in list.split(' ') {
            *meanings.entry(word).or_default() |= meaning;
        }
    };
    for (list, month) in MONTHS.iter().zip(1u16..) {
        add(list, month);
    }
    add(SEASONS, SEASON_BIT);
    add(TO, TO_BIT);
    add(SINCE, SINCE_BIT);
    add(UNTIL, UNTIL_BIT);
    add(REMARKS, REMARK_BIT);
    meanings
});

/// The lowest four bits name the month.
const MONTH_BITS: u16 = 0x0f;
const SEASON_BIT: u16 = 0x10;
const TO_BIT: u16 = 0x20;
const SINCE_BIT: u16 = 0x40;
const UNTIL_BIT: u16 = 0x80;
const REMARK_BIT: u16 = 0x100;

fn meaning(word: &str) -> u16 {
    MEANINGS.get(word).copied().unwrap_or_default()
}

/// The month that a word in lower case names, from 1.
pub(super) fn month(word: &str) -> Option<u8> {
    u8::try_from(meaning(word) & MONTH_BITS).ok().filter(|month| *month > 0)
}

pub(super) fn is_season(word: &str) -> bool {
    meaning(word) & SEASON_BIT != 0
}

/// How many of the words in front make a phrase for what still lasts; 0 for none.
pub(super) fn now(words: &[&str]) -> usize {
    NOW.split(' ')
        .map(|phrase| {
            let count = phrase.split('-').count();
            let same =
                words.len() >= count && phrase.split('-').zip(words).all(|(known, word)| known == *word);
            if same { count } else { 0 }
        })
        .max()
        .unwrap_or_default()
}

pub(super) fn is_to(word: &str) -> bool {
    meaning(word) & TO_BIT != 0
}

pub(super) fn is_since(word: &str) -> bool {
    meaning(word) & SINCE_BIT != 0
}

pub(super) fn is_until(word: &str) -> bool {
    meaning(word) & UNTIL_BIT != 0
}

/// "de" in "abril de 2019", "of" in "May of 2019".
pub(super) fn is_of(word: &str) -> bool {
    matches!(word, "de" | "del" | "of")
}

/// Words that add a second date to the first: "2022 y 2023".
pub(super) fn is_and(word: &str) -> bool {
    matches!(word, "and" | "und" | "et" | "y" | "e" | "i" | "и")
}

/// Endings of a day: "1st", "2nd", "1er", "3º".
pub(super) fn is_ordinal(word: &str) -> bool {
    matches!(word, "st" | "nd" | "rd" | "th" | "er" | "º" | "ª")
}

/// Whether a word in brackets says how a date is meant, or how long it lasted.
pub(super) fn is_remark(word: &str) -> bool {
    meaning(word) & REMARK_BIT != 0
}
