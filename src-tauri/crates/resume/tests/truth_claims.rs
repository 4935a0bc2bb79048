//! What the check says of single lines, by kind of claim: each pair once honest and once not.

use resume::truth::{self, Finding, Standing};
use resume::{Block, BlockId, BlockKind, Origin, Resume};

fn findings(evidence: &[&str], text: &str) -> Vec<Finding> {
    let block = |(n, text): (usize, &&str)| Block {
        id: BlockId::nth(n + 1),
        kind: BlockKind::Bullet,
        section: None,
        section_kind: None,
        text: (*text).to_owned(),
        origin: Origin::Nowhere,
    };
    let blocks = evidence.iter().enumerate().map(block).collect();
    let resume = Resume { blocks, language: None, warnings: Vec::new() };
    truth::check_text(&resume, &resume.blocks.iter().collect::<Vec<_>>(), text)
}

/// The line says no more than its evidence.
fn honest(evidence: &[&str], text: &str) {
    let found = findings(evidence, text);
    assert!(found.is_empty(), "{text}\n{found:#?}");
}

/// The line claims these words, and no evidence has them.
fn lie(evidence: &[&str], text: &str, words: &str) {
    let found = findings(evidence, text);
    let start = text.find(words).expect("the words stand in the text");
    let hit = found.iter().any(|f| {
        f.start < start + words.len()
            && start < f.end
            && f.standing == Standing::Unsupported
            && f.reason.ends_with('.')
    });
    assert!(hit, "{text}\n{found:#?}");
}

#[test]
fn a_hedge_stays() {
    lie(&["Some exposure to Ansible on a secondment"], "Expert in Ansible", "Expert in Ansible");
    honest(&["Some exposure to Ansible on a secondment"], "Got to know Ansible on a secondment");
    lie(&["Sat in on salary negotiations"], "Negotiated salaries", "Negotiated");
    lie(&["Expected to save £5k once rolled out"], "Saved £5k", "Saved");
    lie(&["Diploma in joinery, not completed"], "Diploma in joinery", "Diploma");
    lie(&["Nociones de soldadura"], "Dominio de la soldadura", "Dominio");
}

#[test]
fn a_title_is_ones_own() {
    lie(&["Typed letters for the harbour master"], "Harbour master", "Harbour master");
    lie(&["Waitress at Café Ruhe"], "Head chef at Café Ruhe", "Head chef");
    lie(&["Hilfsmaurer im Rohbau"], "Maurer im Rohbau", "Maurer");
    lie(&["Sachbearbeiter im Einkauf"], "Einkaufsleiter", "Einkaufsleiter");
    honest(&["Taught violin to beginners"], "Violin teacher for beginners");
    honest(&["Chairman of the rowing club"], "Chair of the rowing club");
}

#[test]
fn what_others_did_is_theirs() {
    lie(&["Drafted leases for the partner to approve"], "Drafted and approved leases", "approved");
    lie(&["Kept the list that the auditor had drawn up"], "Drew up the list", "Drew");
    lie(&["Helped organise the harvest fair"], "Organised the harvest fair", "Organised");
    lie(&["Managed a store of spare parts"], "Managed a team in the spare-parts store", "team");
}

#[test]
fn a_skill_that_no_list_knows_is_a_claim() {
    lie(&["Pruning, mowing, edging"], "Pruning, grafting, mowing, edging", "grafting");
    lie(&["Used Excel for stock lists"], "Built Excel macros for stock lists", "macros");
    honest(&["Mended and sold bicycles"], "Repaired bicycles and sold them");
    honest(&["Fed hens and mucked out"], "Fed birds and mucked out");
}

#[test]
fn a_result_is_a_claim_though_its_words_are_everyday_ones() {
    lie(&["Wrote a stock sheet"], "Wrote a stock sheet that the whole firm relies on", "relies on");
    lie(
        &["Set up a reading corner"],
        "Set up a reading corner, which brought in more readers",
        "brought in more",
    );
    honest(&["Footfall: 400 in May, 500 in June"], "Footfall grew from 400 to 500");
}

#[test]
fn numbers_may_be_written_and_computed_otherwise() {
    honest(&["Budget of 2,4 Mio. € in 2019"], "2019: Budget von 2.400.000 €");
    honest(&["Open 8.15–16.45"], "Opening hours 08:15 to 16:45");
    honest(&["Night shift, 22h-6h"], "Night shift (22:00–06:00)");
    honest(&["Laid 900 metres of kerb"], "Laid 0.9 km of kerb");
    honest(&["Jobs of 2,000 Swiss francs"], "Jobs of CHF 2,000");
    honest(&["Cuarenta y cinco menús diarios"], "45 menús al día");
    honest(&["Porter, Nov 2018 – Feb 2020"], "Some fifteen months as a porter");
    lie(&["Laid 900 metres of kerb"], "Laid 900 yards of kerb", "900 yards");
    lie(&["No-shows: 20 before, 15 after"], "No-shows down 75%", "75%");
    lie(&["Prices fell from 250 to 200"], "Prices went from 200 to 250", "200 to 250");
    lie(&["14 pallets a shift"], "14 pallets an hour", "an hour");
    lie(&["Roofer, 2018–2020", "Postman, 2008–2018"], "Twelve years of roofing", "Twelve years");
}

#[test]
fn short_and_long_forms_are_one() {
    honest(&["MD of a family firm"], "Managing director of a family firm");
    honest(&["HCA on the stroke unit"], "Healthcare assistant on the stroke unit");
    honest(&["Volunteer with the Royal National Lifeboat Institution"], "RNLI volunteer");
    lie(&["Studied business at Merrow College"], "BA, Merrow College", "BA");
}
