//! A small job, a model that plays a script, and the laws that every stream of events keeps.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::stream::BoxStream;
use futures::{Stream, StreamExt};
use llm::{Delta, Error, Model, Request, Stop, Usage};
use pipeline::{Event, Job, ModelEngine, Run, Stage, What, start};
use resume::{Block, BlockId, BlockKind, Origin, Posting, Resume};
use serde_json::{Value, json};

/// A resume of two jobs and a posting that asks for what it half holds.
pub fn job() -> Job {
    use BlockKind as K;
    let lines = [
        (K::Name, None, "Nora Eklund"),
        (K::Contact, None, "nora.eklund@example.com | +47 22 33 44 55"),
        (K::SectionHeading, Some("Experience"), "Experience"),
        (K::EntryHeading, Some("Experience"), "Backend engineer, Fernwick Logistics, 2019 - 2022"),
        (
            K::Bullet,
            Some("Experience"),
            "Moved 23 services to k8s; write to nora.eklund@example.com for the talk",
        ),
        (K::Bullet, Some("Experience"), "On call one week in five"),
        (K::SectionHeading, Some("Skills"), "Skills"),
        (K::SkillsLine, Some("Skills"), "Go, Terraform, k8s"),
    ];
    let blocks = lines.iter().enumerate().map(|(at, (kind, section, text))| Block {
        id: BlockId::nth(at + 1),
        kind: *kind,
        section: section.map(str::to_owned),
        section_kind: None,
        text: (*text).to_owned(),
        origin: Origin::Nowhere,
    });
    let resume = Resume { blocks: blocks.collect(), language: Some("en".to_owned()), warnings: Vec::new() };
    let posting = Posting {
        title: Some("Platform engineer".to_owned()),
        language: Some("en".to_owned()),
        text: "We look for:\n\n- Kubernetes in production\n- On-call experience\n- Rust\n\nAsk jobs@harborlight.example.com, +47 99 88 77 66.".to_owned(),
        ..Posting::default()
    };
    Job::new(Arc::new(resume), Arc::new(posting))
}

pub fn evaluation() -> Value {
    json!({
        "requirements": [
            {"id": "r1", "text": "Kubernetes in production", "importance": "must", "status": "met", "evidence": ["b5", "b8"]},
            {"id": "r2", "text": "On-call experience", "importance": "must", "status": "met", "evidence": ["b6"]},
            {"id": "r3", "text": "Rust", "importance": "nice", "status": "missing", "evidence": []}
        ],
        "match_score": 74,
        "strengths": ["Kubernetes under its short name"],
        "gaps": ["Rust"],
        "overall_assessment": "A good fit, ⟦name⟧. Your mail ⟦mail 1⟧ stands in a bullet."
    })
}

pub fn plan() -> Value {
    json!({
        "strategy": "Say Kubernetes where the resume says k8s.",
        "changes": [
            {"blocks": ["b5"], "action": "rewrite", "intent": "Name Kubernetes.", "requirements": ["r1"]},
            {"blocks": ["b6"], "action": "move", "intent": "On call first.", "requirements": ["r2"]}
        ],
        "keywords": [
            {"term": "Kubernetes", "claimable": true, "evidence": ["b5"]},
            {"term": "Rust", "claimable": false, "evidence": []}
        ]
    })
}

pub fn implementation() -> Value {
    json!({"edits": [
        {"action": "rewrite", "block": "b5", "after": null, "kind": null,
         "text": "Moved 23 services to Kubernetes (k8s); write to ⟦mail 1⟧ for the talk",
         "evidence": [{"block": "b5", "quote": "Moved 23 services to k8s"}], "requirement": "r1", "reason": "The posting says Kubernetes."},
        {"action": "move", "block": "b6", "after": "b4", "kind": null, "text": null,
         "evidence": [], "requirement": "r2", "reason": "On call is asked for."},
        {"action": "rewrite", "block": "b8", "after": null, "kind": null, "text": "Go, Terraform, k8s, 12 years of Rust",
         "evidence": [{"block": "b8", "quote": "Go, Terraform, k8s"}], "requirement": "r3", "reason": "Rust is asked for."}
    ]})
}

pub fn verification() -> Value {
    json!({
        "verdicts": [
            {"edit": "e1", "verdict": "supported", "claim": null, "reason": "k8s is Kubernetes."},
            {"edit": "e2", "verdict": "supported", "claim": null, "reason": "Only the order changed."},
            {"edit": "e3", "verdict": "supported", "claim": null, "reason": "Looks fine."}
        ],
        "final_score": 72,
        "summary": "Kubernetes is easier to see, ⟦name⟧. Rust remains a gap."
    })
}

/// What the model does when it is asked.
#[derive(Clone, Debug)]
pub enum Turn {
    /// It writes this.
    Say(Value),
    /// It writes the first so many bytes of this, then fails.
    Break(Value, usize, Error),
    /// It fails at once.
    Fail(Error),
}

/// The four stages without a fault.
pub fn good_turns() -> Vec<Turn> {
    [evaluation(), plan(), implementation(), verification()].map(Turn::Say).to_vec()
}

/// A model that plays its turns, a few bytes at a time.
pub struct Script {
    turns: Mutex<VecDeque<Turn>>,
    pub requests: Mutex<Vec<Request>>,
    /// Requests that run now.
    pub open: Arc<AtomicUsize>,
    piece: usize,
    pause: Duration,
}

impl Script {
    pub fn new(turns: Vec<Turn>) -> Arc<Self> {
        Self::in_pieces(turns, 24, Duration::from_millis(40))
    }

    pub fn in_pieces(turns: Vec<Turn>, piece: usize, pause: Duration) -> Arc<Self> {
        let (turns, requests) = (Mutex::new(turns.into()), Mutex::new(Vec::new()));
        Arc::new(Self { turns, requests, open: Arc::default(), piece, pause })
    }

    /// All texts of all requests so far.
    pub fn sent(&self) -> Vec<String> {
        let requests = self.requests.lock().expect("nobody panicked");
        let of = |request: &Request| {
            let parts = request.messages.iter().flat_map(|message| &message.parts);
            let texts: String = parts.map(|part| part.text.as_str()).collect();
            let system: Vec<&str> = request.system.iter().map(|part| part.text.as_str()).collect();
            format!("{}\n{texts}", system.join("\n"))
        };
        requests.iter().map(of).collect()
    }
}

/// Counts a request as open until it is dropped.
struct Open(Arc<AtomicUsize>);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Model for Script {
    fn id(&self) -> &'static str {
        "scripted-1"
    }

    fn stream(&self, request: &Request) -> BoxStream<'static, Result<Delta, Error>> {
        self.requests.lock().expect("nobody panicked").push(request.clone());
        let turn =
            self.turns.lock().expect("nobody panicked").pop_front().expect("the script has a turn left");
        let usage = |output| Delta::Usage(Usage { input: 1000, output, ..Usage::default() });
        let mut deltas = vec![Ok(Delta::Started { model: "scripted-1".to_owned() }), Ok(usage(1))];
        let say = |value: &Value, bytes: usize| {
            let text = value.to_string();
            let mut end = bytes.min(text.len());
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            let chars: Vec<char> = text[..end].chars().collect();
            chars.chunks(self.piece).map(|piece| Ok(Delta::Text(piece.iter().collect()))).collect::<Vec<_>>()
        };
        match turn {
            Turn::Say(value) => {
                deltas.extend(say(&value, usize::MAX));
                deltas.extend([Ok(usage(200)), Ok(Delta::Ended(Stop::End))]);
            }
            Turn::Break(value, bytes, error) => {
                deltas.extend(say(&value, bytes));
                deltas.push(Err(error));
            }
            Turn::Fail(error) => deltas = vec![Err(error)],
        }
        self.open.fetch_add(1, Ordering::SeqCst);
        let (open, pause) = (Open(Arc::clone(&self.open)), self.pause);
        futures::stream::iter(deltas)
            .then(move |delta| {
                let _held = &open;
                async move {
                    tokio::time::sleep(pause).await;
                    delta
                }
            })
            .boxed()
    }
}

/// Starts a run of the script on the job.
pub fn run(script: &Arc<Script>) -> (Run, impl Stream<Item = Event> + Unpin + use<>) {
    let engine = ModelEngine::new("Scripted", Arc::clone(script) as Arc<dyn Model>);
    start(job(), Arc::new(engine))
}

/// Plays the turns to the end of the run, and sees that its events keep the laws.
pub async fn played(turns: Vec<Turn>) -> (Vec<Event>, Arc<Script>) {
    let script = Script::new(turns);
    let (_run, events) = run(&script);
    let events: Vec<Event> = events.collect().await;
    assert_lawful(&events);
    (events, script)
}

/// The laws of a whole stream of events.
pub fn assert_lawful(events: &[Event]) {
    let (first, last) = (events.first().expect("a first event"), events.last().expect("a last event"));
    assert!(matches!(first.what, What::Started { .. }), "starts with {}", line(first));
    assert!(last.what.is_end(), "ends with {}", line(last));
    assert_eq!(events.iter().filter(|event| event.what.is_end()).count(), 1);
    for (at, event) in events.iter().enumerate() {
        assert_eq!(event.seq, at as u64);
        assert_eq!(event.run, first.run);
        assert!(event.overall_progress <= 100 && event.stage_progress <= 100);
    }
    for pair in events.windows(2) {
        let (before, after) = (&pair[0], &pair[1]);
        assert!(after.overall_progress >= before.overall_progress, "{} then {}", line(before), line(after));
        if matches!(after.what, What::StageStarted { .. }) {
            assert!(after.current_stage >= before.current_stage);
        } else {
            assert_eq!(after.current_stage, before.current_stage);
            assert!(after.stage_progress >= before.stage_progress, "{} then {}", line(before), line(after));
        }
        let finished = matches!(after.what, What::StageFinished { .. });
        assert_eq!(after.stage_progress == 100 && before.stage_progress < 100, finished, "{}", line(after));
    }
    if matches!(last.what, What::Finished { .. }) {
        let ended: Vec<Stage> = events
            .iter()
            .filter(|event| matches!(event.what, What::StageFinished { .. }))
            .map(|event| event.current_stage)
            .collect();
        assert_eq!(ended, Stage::ALL);
        assert_eq!(last.overall_progress, 100);
    }
}

/// An event as one line of JSON, without what differs from run to run, and without what the truth check finds,
/// which is told in the tests of `resume`.
pub fn line(event: &Event) -> String {
    let mut json = serde_json::to_value(event).expect("an event is JSON");
    json["run"] = json!("RUN");
    calm(&mut json);
    json.to_string()
}

fn calm(json: &mut Value) {
    match json {
        Value::Object(fields) => {
            if fields.contains_key("elapsed_ms") {
                fields["elapsed_ms"] = json!(0);
            }
            if fields.get("findings").and_then(Value::as_array).is_some_and(|findings| !findings.is_empty()) {
                fields["findings"] = json!("FINDINGS");
                fields["reason"] = json!("REASON");
            }
            fields.values_mut().for_each(calm);
        }
        Value::Array(items) => items.iter_mut().for_each(calm),
        _ => {}
    }
}

/// All events, one a line.
pub fn lines(events: &[Event]) -> String {
    events.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The type of each event, with its stage's progress: a run at a glance.
pub fn glance(events: &[Event]) -> String {
    let of = |event: &Event| {
        let json = serde_json::to_value(event).expect("an event is JSON");
        format!(
            "{} {} {}",
            json["type"].as_str().unwrap_or("?"),
            json["current_stage"].as_str().unwrap_or("?"),
            event.stage_progress
        )
    };
    events.iter().map(of).collect::<Vec<_>>().join("\n")
}
