//! Writes a request of the Messages API.

use serde_json::{Value, json};

use crate::means::{self, Means};
use crate::{JsonOutput, Output, Part, Request, Role};

/// How many blocks of a request may be marked for the cache.
const CACHE_MARKS: usize = 4;

// Caching. A request is read as tools, then system, then messages, and what is marked is read back as long as nothing
// before the mark has changed. Anthropic's documentation says what counts as a change: another definition of a tool
// changes everything; another `tool_choice` changes the messages alone; another `output_config.format` changes
// everything too, since the format is explained to the model in a system text of its own.
//
// So a question that stands alone gives its schema as the format, which is the firmest way. Questions of a family
// declare the same tools, all of them, in the same order, in every request, and `tool_choice` names the one that is
// wanted: tools and system stay as they are from question to question and are read from the cache. That is why what
// a family shares stands in `system` and not in the first message. `strict` gives a tool's arguments the same
// guarantee as the format has. The price is some hundred tokens for the schemas of the others, read from the cache at
// a tenth of the price of new ones; the prefix that they keep alive is many times as long.
//
// Where a server refuses strict tools, they are declared plain; where it refuses tools, the schema is written at the
// end of the first message, behind the marks. A family keeps its tools declared also for plain text, so that the text
// shares the prefix as well: `tool_choice` is then `none`.

/// The body of `POST /v1/messages`, with the answer's schema given by `means`.
pub(crate) fn body(model: &str, request: &Request, means: Means) -> Value {
    let mut body = json!({
        "model": model,
        "max_tokens": request.max_output_tokens,
        "stream": true,
    });
    let strict = means == Means::Native;
    match &request.output {
        Output::Json(json) if means != Means::Prompt => {
            if request.family.iter().any(|member| member.name == json.name) {
                body["tools"] = request.family.iter().map(|member| tool(member, strict)).collect();
                body["tool_choice"] = choice(json);
            } else if strict {
                body["output_config"] = json!({"format": {"type": "json_schema", "schema": json.schema}});
            } else {
                body["tools"] = json!([tool(json, false)]);
                body["tool_choice"] = choice(json);
            }
        }
        Output::Text if means != Means::Prompt && !request.family.is_empty() => {
            body["tools"] = request.family.iter().map(|member| tool(member, strict)).collect();
            body["tool_choice"] = json!({"type": "none"});
        }
        _ => {}
    }

    let written = means::in_words(request, means);
    let marked = request.system.iter().chain(request.messages.iter().flat_map(|message| &message.parts));
    // A later mark covers all that stands before it, so the first ones can go.
    let mut surplus = marked.filter(|part| part.cache).count().saturating_sub(CACHE_MARKS);
    let system = blocks(&request.system, &mut surplus);
    if !system.is_empty() {
        body["system"] = Value::Array(system);
    }
    let mut messages: Vec<Value> = Vec::with_capacity(request.messages.len());
    for (at, message) in request.messages.iter().enumerate() {
        let mut content = blocks(&message.parts, &mut surplus);
        if let Some(words) = written.as_ref().filter(|_| at == 0) {
            content.push(json!({"type": "text", "text": words}));
        }
        let role = match message.role {
            Role::User => "user",
            Role::Assistant => "assistant",
        };
        messages.push(json!({"role": role, "content": content}));
    }
    body["messages"] = Value::Array(messages);
    body
}

fn tool(json: &JsonOutput, strict: bool) -> Value {
    let mut tool = json!({
        "name": json.name,
        "description": means::tool_description(json),
        "input_schema": json.schema,
        // Without it the arguments come in bursts.
        "eager_input_streaming": true,
    });
    if strict {
        tool["strict"] = json!(true);
    }
    tool
}

fn choice(json: &JsonOutput) -> Value {
    json!({"type": "tool", "name": json.name, "disable_parallel_tool_use": true})
}

fn blocks(parts: &[Part], surplus: &mut usize) -> Vec<Value> {
    let mut blocks = Vec::with_capacity(parts.len());
    for part in parts {
        let mut cache = part.cache;
        if cache && *surplus > 0 {
            *surplus -= 1;
            cache = false;
        }
        if part.text.is_empty() {
            // The API refuses empty blocks.
            continue;
        }
        let mut block = json!({"type": "text", "text": part.text});
        if cache {
            block["cache_control"] = json!({"type": "ephemeral"});
        }
        blocks.push(block);
    }
    blocks
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::Message;

    fn output(name: &str) -> JsonOutput {
        JsonOutput {
            name: name.into(),
            description: format!("Sorted {name}."),
            schema: json!({"type": "object"}),
        }
    }

    fn request() -> Request {
        let parts = vec![Part::cached("the apples"), Part::plain("sort them")];
        Request {
            system: vec![Part::plain("You sort fruit."), Part::cached("the orchard")],
            messages: vec![
                Message { role: Role::User, parts },
                Message::assistant("{}"),
                Message::user("again"),
            ],
            output: output("apples").into(),
            family: Arc::default(),
            max_output_tokens: 512,
        }
    }

    fn of_a_family(wanted: Output) -> Request {
        Request { output: wanted, family: [output("apples"), output("pears")].into(), ..request() }
    }

    #[test]
    fn a_schema_goes_into_output_config() {
        insta::assert_json_snapshot!(body("claude-test", &request(), Means::Native));
    }

    #[test]
    fn or_is_the_input_of_a_tool_that_must_be_called() {
        let body = body("claude-test", &request(), Means::Tool);
        assert_eq!(body.get("output_config"), None);
        insta::assert_json_snapshot!(json!({"tools": body["tools"], "tool_choice": body["tool_choice"]}));
    }

    #[test]
    fn or_is_written_behind_what_is_cached() {
        let body = body("claude-test", &request(), Means::Prompt);
        assert_eq!((body.get("tools"), body.get("output_config")), (None, None));
        let first = body["messages"][0]["content"].as_array().unwrap();
        assert_eq!(first.len(), 3);
        assert!(first[2]["text"].as_str().unwrap().contains(r#"{"type":"object"}"#));
        assert_eq!(body["messages"][2]["content"].as_array().unwrap().len(), 1);
    }

    #[test]
    fn requests_of_a_family_differ_behind_the_shared_prefix_alone() {
        for means in [Means::Native, Means::Tool] {
            let [apples, pears, text] = [output("apples").into(), output("pears").into(), Output::Text]
                .map(|wanted| body("claude-test", &of_a_family(wanted), means));
            for other in [&pears, &text] {
                assert_eq!(apples["tools"].to_string(), other["tools"].to_string());
                assert_eq!(apples["system"].to_string(), other["system"].to_string());
                assert_eq!(other.get("output_config"), None);
            }
            assert_eq!(apples["tools"][0].get("strict").is_some(), means == Means::Native);
            assert_eq!(apples["tool_choice"]["name"], "apples");
            assert_eq!(pears["tool_choice"]["name"], "pears");
            assert_eq!(text["tool_choice"], json!({"type": "none"}));
            assert_eq!(apples["system"][1]["cache_control"], json!({"type": "ephemeral"}));
        }
    }

    #[test]
    fn never_more_than_four_blocks_are_marked_and_the_longest_prefixes_stay() {
        let parts = (0..7).map(|number| Part { text: number.to_string(), cache: number != 1 }).collect();
        let request = Request { messages: vec![Message { role: Role::User, parts }], ..request() };
        let body = body("claude-test", &request, Means::Native);
        assert_eq!(body["system"][1].get("cache_control"), None);
        let marked: Vec<&str> = body["messages"][0]["content"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|block| block.get("cache_control").is_some())
            .map(|block| block["text"].as_str().unwrap())
            .collect();
        assert_eq!(marked, ["3", "4", "5", "6"]);
    }
}
