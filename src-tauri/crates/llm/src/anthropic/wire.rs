//! Writes a request of the Messages API.

use serde_json::{Value, json};

use crate::{Message, Output, Request, Role};

/// How many blocks of a request may be marked for the cache.
const CACHE_MARKS: usize = 4;

// Caching. Anthropic's documentation of structured outputs says that the format is explained to the model in a
// system text of its own, and that changing `output_config.format` invalidates the prompt cache; changed `tools` do
// so too. So a marked prefix is read back only by requests with the same schema: a
// correction, a new attempt after a break, the same question within five minutes. Two questions with different
// schemas do not share it.
//
// What would share it costs more than it saves here. One schema for all questions makes each answer carry the keys
// of the others, and the grammar larger ("compiled grammar is too large"). The schema as prose behind the mark gives
// up the guarantee that the answer has its shape, and each correction costs more than a cached prefix saves. All
// schemas as tools, with `tool_choice` changing, keeps only the system text cached, and texts of strangers do not
// belong there.

/// The body of `POST /v1/messages`. The answer's schema goes into `output_config`, or is the input of a tool that
/// the model must call (`by_tool`).
pub(super) fn body(model: &str, request: &Request, by_tool: bool) -> String {
    let mut body = json!({
        "model": model,
        "max_tokens": request.max_output_tokens,
        "stream": true,
    });
    if let Output::Json { name, schema } = &request.output {
        if by_tool {
            body["tools"] = json!([{
                "name": name,
                "description": "Gives the answer. Call it once, with the whole answer.",
                "input_schema": schema,
                // Without it the arguments come in bursts.
                "eager_input_streaming": true,
            }]);
            body["tool_choice"] = json!({"type": "tool", "name": name, "disable_parallel_tool_use": true});
        } else {
            body["output_config"] = json!({"format": {"type": "json_schema", "schema": schema}});
        }
    }
    if !request.system.is_empty() {
        body["system"] = json!([{"type": "text", "text": request.system}]);
    }
    body["messages"] = messages(&request.messages);
    body.to_string()
}

fn messages(messages: &[Message]) -> Value {
    let marked = messages.iter().flat_map(|message| &message.parts).filter(|part| part.cache).count();
    // A later mark covers all that stands before it, so the first ones can go.
    let mut surplus = marked.saturating_sub(CACHE_MARKS);
    messages
        .iter()
        .map(|message| {
            let content: Vec<Value> = message
                .parts
                .iter()
                .filter_map(|part| {
                    let cache = part.cache && {
                        let keep = surplus == 0;
                        surplus = surplus.saturating_sub(1);
                        keep
                    };
                    if part.text.is_empty() {
                        // The API refuses empty blocks.
                        return None;
                    }
                    let mut block = json!({"type": "text", "text": part.text});
                    if cache {
                        block["cache_control"] = json!({"type": "ephemeral"});
                    }
                    Some(block)
                })
                .collect();
            let role = match message.role {
                Role::User => "user",
                Role::Assistant => "assistant",
            };
            json!({"role": role, "content": content})
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Part;

    fn request() -> Request {
        let part = |text: &str, cache| Part { text: text.into(), cache };
        Request {
            system: "You sort apples.".into(),
            messages: vec![
                Message { role: Role::User, parts: vec![part("the apples", true), part("sort them", false)] },
                Message::assistant("{}"),
                Message::user("again"),
            ],
            output: Output::Json { name: "apples".into(), schema: json!({"type": "object"}) },
            max_output_tokens: 512,
        }
    }

    #[test]
    fn a_schema_goes_into_output_config() {
        let body: Value = serde_json::from_str(&body("claude-test", &request(), false)).unwrap();
        insta::assert_json_snapshot!(body);
    }

    #[test]
    fn or_is_the_input_of_a_tool_that_must_be_called() {
        let body: Value = serde_json::from_str(&body("claude-test", &request(), true)).unwrap();
        assert_eq!(body.get("output_config"), None);
        insta::assert_json_snapshot!(json!({"tools": body["tools"], "tool_choice": body["tool_choice"]}));
    }

    #[test]
    fn never_more_than_four_blocks_are_marked_and_the_longest_prefixes_stay() {
        let parts = (0..7).map(|number| Part { text: number.to_string(), cache: number != 1 }).collect();
        let request = Request { messages: vec![Message { role: Role::User, parts }], ..request() };
        let body: Value = serde_json::from_str(&body("claude-test", &request, false)).unwrap();
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
