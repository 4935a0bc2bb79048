//! An answer to measure by: edits, as the implementation stage gets them, of about a given length.

use serde_json::{Value, json};

/// Edits of about `bytes` bytes of JSON.
pub(crate) fn of(bytes: usize) -> String {
    let texts = [
        "Moved 23 services from hand-kept machines to Kubernetes (k8s) in eleven months, with one planned hour of downtime",
        "Wrote the run book for the booking system, \u{201c}night shift\u{201d} included, and trained six colleagues in it",
        "Kürzte die Dauer einer Wiederherstellung von vier Stunden auf fünfzig Minuten, jeden Freitag geprüft",
    ];
    let mut edits: Vec<Value> = Vec::new();
    let mut length = 12;
    while length < bytes {
        let n = edits.len();
        let text = texts[n % texts.len()];
        let edit = match n % 5 {
            4 => json!({
                "action": "move", "block": format!("b{n}"), "after": format!("b{}", n + 7), "kind": null, "text": null,
                "evidence": [], "requirement": null, "reason": "The posting asks for on-call duty first.",
            }),
            _ => json!({
                "action": "rewrite", "block": format!("b{n}"), "after": null, "kind": null, "text": text,
                "evidence": [
                    {"block": format!("b{n}"), "quote": &text[..24]},
                    {"block": format!("b{}", n + 3), "quote": "on call one week in five"},
                ],
                "requirement": format!("r{}", n % 12), "reason": "It says the same in the posting's words.\nNothing is added.",
            }),
        };
        length += edit.to_string().len() + 1;
        edits.push(edit);
    }
    json!({"edits": edits}).to_string()
}
