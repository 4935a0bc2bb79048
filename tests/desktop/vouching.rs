//! A model that lies: its edit stays out, whatever is pressed, until the user vouches for the very claims. What the
//! user types is held to the same rule.

use serde_json::{Value, json};

use crate::app::App;
use crate::claude::choose_claude;
use crate::display::{Display, picture};
use anthropic::Anthropic;

const DESK: &str =
    "Run a support desk of six people for an accounting product with about 9,000 small businesses.";
const LIE: &str =
    "Lead a support desk of sixty people for an accounting product with about 9,000 small businesses.";
const HELP: &str = "Rewrote 140 help centre articles, so that one in four questions never becomes a ticket.";
const TRUE: &str =
    "Rewrote 140 help centre articles, so that one in four questions never becomes a support ticket.";

pub(crate) async fn scene(display: Display) {
    let provider = Anthropic::start();
    let app = App::start(&display, "vouching").await;
    app.click("use-sample").await;
    app.find("blocks").await;
    choose_claude(&app, &provider.url).await;
    run(&app, &provider).await;

    app.click("review-open").await;
    let decided = |decision: &str| format!("return arguments[0]?.dataset.decision === '{decision}'");
    app.until("the lie starts left out", &decided("rejected"), "edit-e1").await;
    app.until("the true edit is accepted", &decided("accepted"), "edit-e2").await;
    app.click("edit-e1").await;
    app.shows("finding", "sixty").await;
    app.painted().await;
    picture("review-left-out.light");

    // The key for accepting asks; it does not accept.
    app.keys("a").await;
    app.shows("vouch-claims", "sixty").await;
    app.painted().await;
    picture("vouch.light");
    app.click("vouch-no").await;
    app.until("the question is gone", "return arguments[0] === null", "vouch").await;
    app.keys("A").await;
    let refused = app.call("decide", json!({ "edit": "e1", "decision": "accepted" })).await;
    assert_eq!(refused["error"]["code"], "needs_vouching", "not even by the command: {refused}");
    let refused = app.call("vouch", json!({ "edit": "e1", "claims": ["something else"] })).await;
    assert_eq!(refused["error"]["code"], "other_claims", "{refused}");
    assert!(!tailored(&app).await.contains("sixty"), "nothing of it is in the resume");

    vouch_and_take_back(&app).await;
    type_a_lie_and_then_the_truth(&app).await;
    app.close().await;
}

async fn run(app: &App, provider: &Anthropic) {
    let state = app.call("app_state", json!({})).await;
    let blocks = state["ok"]["resume"]["resume"]["blocks"].clone();
    let id = |text: &str| {
        let all = blocks.as_array().expect("blocks");
        let block = all.iter().find(|block| block["text"] == text).expect("the line is in the sample");
        block["id"].as_str().expect("an id").to_owned()
    };
    let (desk, help) = (id(DESK), id(HELP));
    app.click("tailor").await;
    provider.answer(&json!({
        "requirements": [
            { "id": "r1", "text": "Customer support", "importance": "must", "status": "met", "evidence": [desk] },
            { "id": "r2", "text": "A pilot's licence", "importance": "must", "status": "missing", "evidence": [] }
        ],
        "match_score": 60, "strengths": ["Support"], "gaps": ["No licence"], "overall_assessment": "Near."
    }));
    provider.answer(&json!({
        "strategy": "Say more.",
        "changes": [
            { "blocks": [desk], "action": "rewrite", "intent": "Sound larger.", "requirements": ["r1"] },
            { "blocks": [help], "action": "rewrite", "intent": "Name support.", "requirements": ["r1"] }
        ],
        "keywords": [{ "term": "support", "claimable": true, "evidence": [desk] }]
    }));
    let edit = |block: &str, text: &str, quote: &str| {
        json!({ "action": "rewrite", "block": block, "after": null, "kind": null, "text": text,
                "evidence": [{ "block": block, "quote": quote }], "requirement": "r1", "reason": "It asks for support." })
    };
    provider.answer(&json!({ "edits": [
        edit(&desk, LIE, "Run a support desk"), edit(&help, TRUE, "help centre articles")
    ] }));
    provider.answer(&json!({
        "verdicts": [
            { "edit": "e1", "verdict": "supported", "claim": null, "reason": "Fine." },
            { "edit": "e2", "verdict": "supported", "claim": null, "reason": "Fine." }
        ],
        "final_score": 70, "summary": "Done."
    }));
    app.until("the run ends", "return arguments[0]?.dataset.phase === 'finished'", "run").await;
    app.shows("gap-advice", "add it to your resume").await;
}

async fn vouch_and_take_back(app: &App) {
    app.click("edit-e1").await;
    app.click("accept").await;
    app.click("vouch").await;
    let in_it = "return arguments[0]?.dataset.decision === 'accepted'";
    app.until("the user's word lets it through", in_it, "edit-e1").await;
    app.shows("vouched", "sixty").await;
    assert!(tailored(app).await.contains("sixty"));
    let review = app.call("review", json!({})).await;
    let vouched = &review["ok"]["edits"][0]["vouched"];
    assert!(vouched["at_ms"].as_u64().is_some_and(|at| at > 1_600_000_000_000), "{vouched}");
    assert!(vouched["claims"].to_string().contains("sixty"), "{vouched}");
    app.painted().await;
    picture("vouched.light");
    app.keys("r").await;
    app.until("it is taken back", "return arguments[0]?.dataset.decision === 'rejected'", "edit-e1").await;
    assert!(!tailored(app).await.contains("sixty"));
    app.keys("u").await;
    app.until("and brought back", in_it, "edit-e1").await;
    app.keys("u").await;
    app.until("and undone", "return arguments[0]?.dataset.decision === 'rejected'", "edit-e1").await;
}

async fn type_a_lie_and_then_the_truth(app: &App) {
    app.click("edit-e2").await;
    app.keys("e").await;
    app.find("own-words").await;
    app.fill("own-words", "Rewrote 900 help centre articles at Siemens.").await;
    let flagged = "return arguments[0]?.dataset.standing === 'unsupported'";
    app.until("the lie is seen while it is typed", flagged, "typing").await;
    app.shows("typed-finding", "900").await;
    app.painted().await;
    picture("typing.light");
    app.click("own-save").await;
    app.until("it starts left out", "return arguments[0]?.dataset.decision === 'rejected'", "edit-e2").await;
    assert!(!tailored(app).await.contains("Siemens"));
    app.keys("e").await;
    app.fill("own-words", "Rewrote 140 help centre articles.").await;
    let fine = "return arguments[0]?.dataset.standing === 'supported'";
    app.until("the truth is seen too", fine, "typing").await;
    app.click("own-save").await;
    app.until("it starts accepted", "return arguments[0]?.dataset.decision === 'accepted'", "edit-e2").await;
    assert!(tailored(app).await.contains("Rewrote 140 help centre articles.\""));
    app.keys("u").await;
    app.until("undone", "return arguments[0]?.dataset.decision === 'rejected'", "edit-e2").await;
}

/// The resume as it would be exported.
async fn tailored(app: &App) -> String {
    let review: Value = app.call("review", json!({})).await;
    review["ok"]["tailored"].to_string()
}
