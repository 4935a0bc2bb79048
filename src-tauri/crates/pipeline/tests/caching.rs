//! Prompt caching, counted as Anthropic counts it: by a server that remembers marked beginnings to the byte.

mod caching {
    pub(crate) mod server;
}
#[expect(dead_code, unreachable_pub, reason = "a module that several tests share")]
mod support;

use std::sync::Arc;

use caching::server::{CacheServer, Counted};
use futures::StreamExt;
use llm::{Anthropic, Key, Usage};
use pipeline::{Event, Job, ModelEngine, What, start};
use resume::{Block, BlockId, BlockKind, Origin, Posting, Resume};
use serde_json::{Value, json};

/// A resume and a posting of ordinary length: a page and a half, and some twenty lines.
fn job() -> Job {
    use BlockKind as K;
    let places = ["Harborlight Ferries", "Fernwick Logistics", "Brightwater Foods", "Stonebridge Clinic"];
    let mut lines = vec![
        (K::Name, "Nora Eklund".to_owned()),
        (K::Contact, "nora.eklund@example.com | +47 22 33 44 55".to_owned()),
        (K::SectionHeading, "Summary".to_owned()),
        (
            K::Paragraph,
            "Operations engineer who likes quiet night shifts, short run books and systems that a new colleague can \
             understand in an afternoon. Nine years with containers, networks and the people who depend on them."
                .to_owned(),
        ),
        (K::SectionHeading, "Experience".to_owned()),
    ];
    for (at, place) in places.iter().enumerate() {
        lines.push((
            K::EntryHeading,
            format!("Operations engineer, {place}, {} - {}", 2015 + 2 * at, 2017 + 2 * at),
        ));
        for bullet in [
            "Moved 23 services from hand-kept machines to k8s in eleven months, with one planned hour of downtime",
            "Wrote the run book for the booking system and trained six colleagues who now share the on-call week",
            "Cut the time to restore a lost database from four hours to fifty minutes by testing backups each Friday",
            "Kept the budget for hosting within 2% of plan in three years out of three, reporting to the head of IT",
            "Built dashboards in Grafana that the harbour office reads every morning before the first departure",
        ] {
            lines.push((K::Bullet, format!("{bullet} ({place})")));
        }
    }
    lines.extend([
        (K::SectionHeading, "Education".to_owned()),
        (K::EntryHeading, "BSc Computer Engineering, Northfell College, 2011 - 2014".to_owned()),
        (K::SectionHeading, "Skills".to_owned()),
        (K::SkillsLine, "Go, Terraform, k8s, PostgreSQL, Grafana, Ansible, Linux, Bash, Python".to_owned()),
        (K::SkillsLine, "Norwegian (native), English (fluent), German (conversational)".to_owned()),
    ]);
    let blocks = lines.into_iter().enumerate().map(|(at, (kind, text))| Block {
        id: BlockId::nth(at + 1),
        kind,
        section: None,
        section_kind: None,
        text,
        origin: Origin::Nowhere,
    });
    let asked = [
        "Kubernetes in production, at least three years, including upgrades without downtime",
        "On-call experience in a small team, and the habit of writing down what was learned",
        "Terraform or a similar tool for describing machines and networks as code",
        "PostgreSQL: backups that were restored, replication, slow queries found and mended",
        "Observability with Grafana, Prometheus and structured logs",
        "Programming in Go, Python or Rust for tools that others use",
        "Budget responsibility for hosting or licences",
        "Good written Norwegian and English; our customers read your status messages",
        "Experience with audits (ISO 27001 or SOC 2) is a plus",
        "Patience with colleagues who are not engineers",
        "A driving licence, as two of our sites cannot be reached by train",
        "Willingness to travel about ten days a year",
    ];
    let text = format!(
        "We run the booking and boarding systems of eleven ferry lines. Our platform team is five people who share \
         the pager, the coffee machine and the decisions. You will take over the clusters that sell tickets and \
         the tools that our harbour offices depend on from five in the morning.\n\nWhat you will do\n\n- Keep the \
         clusters healthy, boring and documented\n- Plan capacity for the summer months together with sales\n- \
         Review changes of the product teams and teach them what breaks at night\n\nWhat we ask\n\n- {}\n\nWhat we \
         offer\n\n- A team that answers questions, thirty days of holiday, free travel on all lines, and an office \
         with a view of the fjord. Salary between NOK 780,000 and 920,000. Ask us anything before you apply.",
        asked.join("\n- ")
    );
    let resume = Resume { blocks: blocks.collect(), language: Some("en".to_owned()), warnings: Vec::new() };
    let posting = Posting { title: Some("Platform engineer".to_owned()), text, ..Posting::default() };
    Job::new(Arc::new(resume), Arc::new(posting))
}

/// Answers as long as answers are.
fn answer(stage: &str, job: &Job) -> Value {
    let bullets: Vec<&Block> =
        job.resume.blocks.iter().filter(|block| block.kind == BlockKind::Bullet).collect();
    let edited = || bullets.iter().take(10);
    match stage {
        "evaluation" => json!({
            "requirements": (1..=12).map(|n| json!({
                "id": format!("r{n}"),
                "text": "Kubernetes in production, at least three years, including upgrades without downtime",
                "importance": "must", "status": "partial", "evidence": [bullets[n].id, bullets[n + 1].id],
            })).collect::<Vec<_>>(),
            "match_score": 71,
            "strengths": ["Containers in production for nine years", "On call in a small team"],
            "gaps": ["No audits", "No word of Prometheus"],
            "overall_assessment": "You bring most of what they ask for. What is missing can be learned.",
        }),
        "planning" => json!({
            "strategy": "Say Kubernetes where the resume says k8s, and bring on-call duty to the front.",
            "changes": edited().map(|block| json!({
                "blocks": [block.id], "action": "rewrite", "requirements": ["r1", "r2"],
                "intent": "Name the tool as the posting names it, beside your own word for it.",
            })).collect::<Vec<_>>(),
            "keywords": keywords(&bullets[0].id),
        }),
        "implementation" => json!({
            "edits": edited().map(|block| json!({
                "action": "rewrite", "block": block.id, "after": null, "kind": null,
                "text": format!("{}, on call", block.text.replace("k8s", "Kubernetes (k8s)")),
                "evidence": [{"block": block.id, "quote": block.text}], "requirement": "r1",
                "reason": "The posting asks for it in these words.",
            })).collect::<Vec<_>>(),
        }),
        _ => json!({
            "verdicts": (1..=10).map(|n| json!({
                "edit": format!("e{n}"), "verdict": "supported", "claim": null,
                "reason": "The line says the same in other words.",
            })).collect::<Vec<_>>(),
            "final_score": 74,
            "summary": "Your containers are easier to see now. Audits remain a gap.",
        }),
    }
}

fn keywords(evidence: &BlockId) -> Vec<Value> {
    let terms = ["Kubernetes", "Terraform", "Grafana", "PostgreSQL"];
    terms.iter().map(|term| json!({"term": term, "claimable": true, "evidence": [evidence]})).collect()
}

/// The share of a stage's input that was read from the cache, in percent.
fn read_percent(usage: &Usage) -> u64 {
    100 * usage.cache_read / (usage.input + usage.cache_write + usage.cache_read)
}

#[tokio::test]
async fn from_the_second_stage_on_most_of_what_is_sent_is_read_from_the_cache() {
    let job = job();
    let for_answers = job.clone();
    let server = CacheServer::start(move |stage| answer(stage, &for_answers)).await;
    let model = Anthropic::new(Key::new("key"), "claude-sonnet-5-5")
        .and_then(|model| model.base_url(&server.url))
        .expect("a model");
    let (_run, events) = start(job, Arc::new(ModelEngine::new("anthropic", Arc::new(model))));
    let events: Vec<Event> = events.collect().await;
    support::assert_lawful(&events);
    assert!(
        matches!(events.last().map(|event| &event.what), Some(What::Finished { .. })),
        "{}",
        support::lines(&events[events.len().saturating_sub(3)..])
    );

    let usages: Vec<Usage> = events
        .iter()
        .filter_map(|event| match &event.what {
            What::StageFinished { details } => Some(details.usage),
            _ => None,
        })
        .collect();
    assert_eq!(usages.len(), 4);
    assert_eq!(usages[0].cache_read, 0, "nothing is there yet");
    let counted = server.counted();
    for (at, (usage, counted)) in usages.iter().zip(&counted).enumerate() {
        let Counted { input, write, read } = *counted;
        assert_eq!((usage.input, usage.cache_write, usage.cache_read), (input, write, read));
        println!("stage {}: {usage:?}, {} % read", at + 1, read_percent(usage));
        if at > 0 {
            assert!(read_percent(usage) >= 80, "stage {}: {usage:?}", at + 1);
        }
    }
}

#[tokio::test]
async fn the_server_of_this_test_forgets_what_the_real_one_forgets() {
    let server = CacheServer::start(|_| json!({})).await;
    let long = "word ".repeat(2_000);
    let request = |tools: &str, choice: &str, system: &str, message: &str| {
        json!({
            "tools": [{"name": tools}], "tool_choice": {"name": choice},
            "system": [{"type": "text", "text": system, "cache_control": {"type": "ephemeral"}}],
            "messages": [{"role": "user", "content": [
                {"type": "text", "text": message, "cache_control": {"type": "ephemeral"}},
            ]}],
        })
    };
    let count = |body: Value| server.count(&body);
    let first = count(request("a", "x", &long, &long));
    assert_eq!(first.read, 0);
    assert!(first.write > 4_000 && first.input == 0);
    let again = count(request("a", "x", &long, &long));
    assert_eq!((again.read, again.write), (first.write, 0));
    let other_choice = count(request("a", "y", &long, &long));
    assert!(
        other_choice.read > 2_000 && other_choice.read < 3_000,
        "tools and system alone: {other_choice:?}"
    );
    assert_eq!(count(request("b", "x", &long, &long)).read, 0, "another tool changes everything");
    assert_eq!(count(request("a", "x", &(long.clone() + "."), &long)).read, 0, "and so does another letter");
    let short = count(request("a", "x", "short", "short"));
    assert_eq!((short.read, short.write), (0, 0), "too short to be kept");
    assert!(short.input > 0);
}
