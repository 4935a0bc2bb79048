//! Each template: what stands in it comes back, in its order, on as many pages as were asked for.

use exports::{Design, Fit, Size, Target, Template, WriteError, missing, typeset, write_in};
use formats::read_resume;
use resume::{BlockKind, Resume};

use crate::{corpus, fixture, pdf};

/// A resume of an ordinary length, with something of everything.
fn ordinary(jobs: usize) -> Resume {
    use BlockKind::{Bullet, Contact, EntryHeading, Name, Paragraph, SectionHeading, SkillsLine};
    // No two lines are the same: what stands at the top of each page would be taken for a running title.
    let bullets: Vec<[String; 2]> = (0..jobs)
        .map(|n| {
            [
                format!(
                    "{} the desk from a shared mailbox to a ticket system in ten weeks.",
                    "Moved ".repeat(n + 1)
                ),
                format!("Wintered {} hives with a loss of 3 %.", 40 + n),
            ]
        })
        .collect();
    let mut blocks = vec![
        (Name, "Ada Wren"),
        (Paragraph, "Beekeeper and bookkeeper"),
        (Contact, "ada.wren@example.com"),
        (Contact, "+44 7700 900123"),
        (SectionHeading, "Experience"),
    ];
    for [moved, wintered] in &bullets {
        blocks.extend([
            (EntryHeading, "Head beekeeper 2019 – 2021"),
            (EntryHeading, "Long Meadow Apiaries, Leeds"),
            (Bullet, moved),
            (Bullet, wintered),
        ]);
    }
    blocks.extend([(SectionHeading, "Skills"), (SkillsLine, "Tools: smoker, ledger, spreadsheet")]);
    fixture::resume(Some("en"), &blocks)
}

#[test]
fn what_a_template_holds_comes_back_in_its_order() {
    for template in Template::ALL {
        let design = Design::of(template);
        for resume in [fixture::awkward(), ordinary(9)] {
            let bytes = write_in(&resume, Target::Pdf, &design).unwrap();
            for (order, text) in pdf::readings(&bytes).into_iter().take(2).enumerate() {
                let lost = fixture::first_lost(&resume, &text);
                assert_eq!(lost, None, "{} in reading {order}", template.id());
            }
            let back = missing(&resume, &read_resume(&bytes, Some("a.pdf")).unwrap().resume);
            assert!(back.is_whole(), "{}: {back:?}", template.id());
        }
    }
}

#[test]
fn the_corpus_comes_back_from_each_template() {
    let mut losses = Vec::new();
    let mut resumes = corpus::resumes();
    // All files of a person hold the same resume.
    resumes.dedup_by_key(|(name, _)| name.split('/').next().map(str::to_owned));
    for (n, (name, resume)) in resumes.into_iter().enumerate() {
        // One in all, the others in one each: the benchmark of exports does the rest.
        let templates = if n == 0 { &Template::ALL[..] } else { &Template::ALL[n % 6..=n % 6] };
        for &template in templates {
            let design = Design::of(template);
            for target in [Target::Pdf, Target::Docx, Target::Html] {
                let bytes = match write_in(&resume, target, &design) {
                    Ok(bytes) => bytes,
                    Err(WriteError::MissingGlyphs { .. }) => continue,
                    Err(error) => panic!("{name}: {error}"),
                };
                let readings = if target == Target::Pdf { pdf::readings(&bytes) } else { Vec::new() };
                for text in readings.iter().take(2) {
                    if let Some(lost) = fixture::first_lost(&resume, text) {
                        losses.push(format!("{name} in {}: {lost:?}", template.id()));
                    }
                }
                let file = format!("a.{}", target.extension());
                let back = missing(&resume, &read_resume(&bytes, Some(&file)).unwrap().resume);
                if !back.is_whole() {
                    losses.push(format!("{name} in {} as {target}: {back:?}", template.id()));
                }
            }
        }
    }
    assert!(losses.is_empty(), "{}", losses.join("\n"));
}

#[test]
fn it_fits_the_pages_or_says_that_it_cannot() {
    for template in [Template::Plain, Template::Columns] {
        let mut jobs = 5;
        while typeset(&ordinary(jobs), &Design::of(template)).unwrap().pages() == 1 {
            jobs += 1;
        }
        let design = Design { pages: Some(1), ..Design::of(template) };
        let fits = typeset(&ordinary(jobs), &design).unwrap();
        assert_eq!((fits.pages(), fits.fit()), (1, Fit::Tightened), "{}", template.id());
        let shorter = typeset(&ordinary(1), &design).unwrap();
        assert_eq!((shorter.pages(), shorter.fit()), (1, Fit::AsItIs), "{}", template.id());
        let long = typeset(&ordinary(25), &design).unwrap();
        assert!(matches!(long.fit(), Fit::TooLong { wanted: 1, takes } if takes > 1), "{}", template.id());
    }
}

#[test]
fn a_larger_size_takes_more_room() {
    let pages = |size| typeset(&ordinary(12), &Design { size, ..Design::default() }).unwrap().pages();
    assert!(pages(Size::Small) <= pages(Size::Normal) && pages(Size::Normal) < pages(Size::Large) + 1);
    let svg = typeset(&ordinary(1), &Design::default()).unwrap();
    assert!(svg.svg(0).unwrap().starts_with("<svg") && svg.svg(1).is_none());
}
