//! What servers do that no protocol says: each costs nothing, or ends in the right error.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use std::collections::BTreeMap;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use futures::StreamExt;
use llm::{Delta, Error, Protocol, Stop, Usage};

/// What came of a stream.
#[derive(Debug, Default, PartialEq)]
struct Came {
    text: String,
    thinking: String,
    calls: Vec<(String, String)>,
    usage: Usage,
    stop: Option<Stop>,
    /// The code of the error.
    error: Option<&'static str>,
}

fn read(protocol: Protocol, pieces: Vec<Bytes>) -> Came {
    let mut deltas =
        protocol.decode("the provider", futures::stream::iter(pieces.into_iter().map(Ok::<_, Error>)));
    let mut context = Context::from_waker(Waker::noop());
    let (mut came, mut calls) = (Came::default(), BTreeMap::<usize, (String, String)>::new());
    while let Poll::Ready(Some(delta)) = deltas.poll_next_unpin(&mut context) {
        assert!(came.stop.is_none() && came.error.is_none(), "something came behind the end");
        match delta {
            Ok(Delta::Text(text)) => came.text.push_str(&text),
            Ok(Delta::Thinking(text)) => came.thinking.push_str(&text),
            Ok(Delta::ToolStarted { index, name }) => {
                assert_eq!(calls.insert(index, (name, String::new())), None);
            }
            Ok(Delta::ToolArguments { index, json }) => calls.get_mut(&index).unwrap().1.push_str(&json),
            Ok(Delta::Usage(usage)) => came.usage = usage,
            Ok(Delta::Ended(stop)) => came.stop = Some(stop),
            Ok(Delta::Started { .. } | Delta::KeepAlive) => {}
            Err(error) => came.error = Some(error.code()),
        }
    }
    came.calls = calls.into_values().collect();
    came
}

/// Reads a stream whole and byte by byte, which must not differ.
fn came(protocol: Protocol, stream: &str) -> Came {
    let bytes = Bytes::copy_from_slice(stream.as_bytes());
    let whole = read(protocol, vec![bytes.clone()]);
    let single = read(protocol, (0..bytes.len()).map(|at| bytes.slice(at..=at)).collect());
    assert_eq!(whole, single, "{stream}");
    whole
}

/// Events, as they are sent.
fn sent(events: &[&str]) -> String {
    events.iter().flat_map(|event| ["data: ", event, "\n\n"]).collect()
}

fn chat(chunks: &[&str]) -> Came {
    came(Protocol::Chat, &format!("{}data: [DONE]\n\n", sent(chunks)))
}

const STOP: &str = r#"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#;

#[test]
fn the_framing_may_be_sloppy() {
    for stream in [
        // A mark of byte order, no blank behind the colon, two kinds of line ends, an end without its empty line.
        "\u{feff}data:{\"choices\":[{\"delta\":{\"content\":\"hi\"},\"finish_reason\":\"stop\"}]}\r\n\r\ndata:[DONE]",
        "\n\n: comment\r\rid: 1\nretry: 5\nevent: x\ndata: {\"choices\":[{\"delta\":{\"content\":\"hi\"},\ndata: \"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n",
        "data: {\"choices\":[{\"delta\":{\"content\":\"hi\"},\"finish_reason\":\"stop\"}]}\n\nnonsense\n\ndata:\n\ndata: [DONE]\n\ndata: more\n\n",
    ] {
        let came = came(Protocol::Chat, stream);
        assert_eq!((came.text.as_str(), came.stop, came.error), ("hi", Some(Stop::End), None), "{stream}");
    }
}

#[test]
fn what_is_no_answer_is_an_error() {
    for (stream, code) in [
        ("", "truncated"),
        ("\n \n", "truncated"),
        ("Internal Server Error", "truncated"),
        ("data: [DONE]\n\n", "truncated"),
        ("data: {\"choices\":[{\"delta\":{\"content\":\"h", "truncated"),
        ("data: {\"choices\": nonsense}\n\ndata: [DONE]\n\n", "malformed"),
        ("<html><body>502</body></html>", "malformed"),
        ("{\"choices\": [{\"message\": {\"content\": \"h", "truncated"),
        ("{\"choices\": nonsense}", "malformed"),
        ("{\"hello\": \"world\"}", "server_error"),
    ] {
        assert_eq!(came(Protocol::Chat, stream).error, Some(code), "{stream}");
    }
    assert_eq!(
        read(Protocol::Chat, vec![Bytes::from_static(b"data: \"\xff\"\n\n")]).error,
        Some("malformed")
    );
}

#[test]
fn an_event_without_an_end_does_not_fill_the_memory() {
    for start in ["data: ", "{\"choices\": \""] {
        let pieces = std::iter::once(Bytes::from_static(start.as_bytes()));
        let pieces = pieces.chain((0..40).map(|_| Bytes::from(vec![b'a'; 1 << 20]))).collect();
        assert_eq!(read(Protocol::Chat, pieces).error, Some("too_long"), "{start}");
    }
}

#[test]
fn content_may_be_a_list_and_thinking_may_stand_in_many_places() {
    let came = chat(&[
        r#"{"choices":[{"delta":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"Hm. "}]}]}}]}"#,
        r#"{"choices":[{"delta":{"content":[{"type":"text","text":"a"},{"type":"reference","reference_ids":[1]}]}}]}"#,
        r#"{"choices":[{"delta":{"reasoning_content":"So. ","content":null}}]}"#,
        r#"{"choices":[{"delta":{"reasoning":"Yes.","reasoning_details":[{"type":"x","text":"Yes."}],"content":"b"}}]}"#,
        STOP,
    ]);
    assert_eq!((came.text.as_str(), came.thinking.as_str()), ("ab", "Hm. So. Yes."));
}

#[test]
fn fields_of_the_wrong_type_count_as_absent() {
    let came = chat(&[
        r#"{"model":null,"choices":null,"usage":null,"error":null}"#,
        r#"{"model":7,"choices":[{"index":"0","delta":{"content":"a","tool_calls":null,"refusal":null}}],"usage":""}"#,
        r#"{"choices":[{"index":0,"delta":[],"finish_reason":null},{"index":1,"delta":{"content":"not asked for"}}]}"#,
        r#"{"choices":{},"usage":{"prompt_tokens":"10","completion_tokens":4.0,"prompt_tokens_details":null,"total_tokens":-1}}"#,
        STOP,
        r#"{"choices":[],"usage":{"prompt_tokens":0,"completion_tokens":0}}"#,
    ]);
    assert_eq!((came.text.as_str(), came.stop, came.error), ("a", Some(Stop::End), None));
    assert_eq!(
        came.usage,
        Usage { input: 10, output: 4, ..Usage::default() },
        "zeros behind a count are no count"
    );
}

#[test]
fn tokens_are_counted_as_they_are_paid_for() {
    let usage = |counts: &str| chat(&[STOP, &format!(r#"{{"choices":[],"usage":{counts}}}"#)]).usage;
    let counted = |input, cache_write, cache_read, output| Usage { input, cache_write, cache_read, output };
    // Thinking inside the output, thinking beside it, the cache under three names.
    assert_eq!(
        usage(
            r#"{"prompt_tokens":10,"completion_tokens":9,"total_tokens":19,"completion_tokens_details":{"reasoning_tokens":5}}"#
        ),
        counted(10, 0, 0, 9)
    );
    assert_eq!(
        usage(
            r#"{"prompt_tokens":10,"completion_tokens":4,"total_tokens":19,"completion_tokens_details":{"reasoning_tokens":5}}"#
        ),
        counted(10, 0, 0, 9)
    );
    assert_eq!(
        usage(r#"{"prompt_tokens":10,"completion_tokens":4,"prompt_cache_hit_tokens":6}"#),
        counted(4, 0, 6, 4)
    );
    assert_eq!(
        usage(
            r#"{"prompt_tokens":10,"completion_tokens":4,"prompt_tokens_details":{"cached_tokens":99,"cache_write_tokens":3}}"#
        ),
        counted(0, 0, 10, 4)
    );
    assert_eq!(
        usage(
            r#"{"prompt_tokens":10,"completion_tokens":4,"prompt_tokens_details":{"cached_tokens":2,"cache_write_tokens":3}}"#
        ),
        counted(5, 3, 2, 4)
    );
}

#[test]
fn calls_are_told_apart_by_index_or_by_id() {
    let call = |name: &str, arguments: &str| (name.to_owned(), arguments.to_owned());
    let came = chat(&[
        // Two at once, their pieces mixed.
        r#"{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":""}},{"index":1,"id":"b","function":{"name":"g","arguments":""}}]}}]}"#,
        r#"{"choices":[{"delta":{"tool_calls":[{"index":1,"function":{"arguments":"{\"y\""}}]}}]}"#,
        r#"{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"x\":1}"}}]}}]}"#,
        r#"{"choices":[{"delta":{"tool_calls":[{"index":1,"function":{"arguments":":2}"}}]}}]}"#,
        // The same number again, another id; arguments as JSON instead of text.
        r#"{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c","function":{"name":"h","arguments":{"z":3}}}]}}]}"#,
        r#"{"choices":[{"delta":{},"finish_reason":"tool_calls"}]}"#,
    ]);
    assert_eq!(came.calls, [call("f", r#"{"x":1}"#), call("g", r#"{"y":2}"#), call("h", r#"{"z":3}"#)]);
    assert_eq!(came.stop, Some(Stop::ToolUse));
}

#[test]
fn errors_in_a_stream_have_many_forms() {
    let data = |event: &str| format!("data: {event}\n\n");
    let chat = Protocol::Chat;
    for (protocol, stream, code) in [
        (chat, data(r#"{"error":{"message":"Rate limit","code":429}}"#), "rate_limited"),
        (chat, data(r#"{"error":{"message":"x","code":"insufficient_quota"}}"#), "no_credit"),
        (chat, data(r#"{"error":{"message":"User not found.","code":401}}"#), "key_rejected"),
        (
            chat,
            data(r#"{"object":"error","message":"maximum context length is 10","code":400}"#),
            "context_window",
        ),
        (
            chat,
            data(r#"{"choices":[{"error":{"code":502,"message":"x"},"finish_reason":"error"}]}"#),
            "server_error",
        ),
        (chat, data(r#"{"x_groq":{"error":"over capacity"},"choices":[]}"#), "server_error"),
        (
            chat,
            data(
                r#"{"error":{"message":"Provider returned error","code":400,"metadata":{"raw":"{\"error\":{\"code\":\"context_length_exceeded\"}}"}}}"#,
            ),
            "context_window",
        ),
        (
            chat,
            data(r#"{"choices":[{"delta":{"content":""},"finish_reason":"error"}]}"#) + &data("[DONE]"),
            "server_error",
        ),
        (Protocol::Messages, data(r#"{"error":{"type":"overloaded_error","message":"x"}}"#), "overloaded"),
        (
            Protocol::Messages,
            data(r#"{"type":"error","error":{"type":"api_error","message":"x"}}"#),
            "server_error",
        ),
        (
            Protocol::Responses,
            data(r#"{"type":"error","code":"rate_limit_exceeded","message":"x"}"#),
            "rate_limited",
        ),
        (
            Protocol::Responses,
            data(r#"{"type":"error","error":{"code":"server_error","message":"x"}}"#),
            "server_error",
        ),
        (Protocol::Responses, data(r#"{"error":{"code":429,"message":"x"}}"#), "rate_limited"),
        (
            Protocol::Responses,
            data(
                r#"{"type":"response.failed","response":{"status":"failed","error":{"code":"context_length_exceeded","message":"x"}}}"#,
            ),
            "context_window",
        ),
        (
            Protocol::Gemini,
            data(r#"{"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"x"}}"#),
            "rate_limited",
        ),
        (
            Protocol::Gemini,
            r#"[{"error":{"code":400,"status":"INVALID_ARGUMENT","message":"API key not valid."}}]"#.into(),
            "key_rejected",
        ),
        (Protocol::Ollama, "{\"error\":\"model 'x' not found\"}\n".into(), "no_such_model"),
        (Protocol::Ollama, "{\"error\":\"llama runner process has terminated\"}\n".into(), "server_error"),
    ] {
        assert_eq!(came(protocol, &stream).error, Some(code), "{stream}");
    }
}

#[test]
fn anthropics_imitators_may_send_a_tools_input_at_once() {
    let stream = [
        r#"{"type":"message_start","message":{"model":"m","usage":null}}"#,
        r#"{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","name":"f","input":{"x":1}}}"#,
        r#"{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":""}}"#,
        r#"{"type":"content_block_stop","index":1}"#,
        r#"{"type":"something_new","index":{"a":1}}"#,
        r#"{"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":3,"input_tokens":null}}"#,
        r#"{"type":"message_stop"}"#,
    ];
    let came = came(Protocol::Messages, &sent(&stream));
    assert_eq!(came.calls, [("f".to_owned(), r#"{"x":1}"#.to_owned())]);
    assert_eq!((came.stop, came.usage.output), (Some(Stop::ToolUse), 3));
}

#[test]
fn responses_may_come_without_pieces() {
    let stream = [
        r#"{"type":"response.created","response":{"model":"m"}}"#,
        r#"{"type":"response.output_item.done","output_index":0,"item":{"type":"reasoning","summary":[{"type":"summary_text","text":"Hm."}]}}"#,
        r#"{"type":"response.output_item.done","output_index":1,"item":{"type":"message","content":[{"type":"output_text","text":"hi"}]}}"#,
        r#"{"type":"response.output_item.done","output_index":2,"item":{"type":"function_call","name":"f","arguments":"{}"}}"#,
        r#"{"type":"response.completed","response":{"usage":{"input_tokens":5,"output_tokens":2}}}"#,
    ];
    let came = came(Protocol::Responses, &sent(&stream));
    assert_eq!((came.text.as_str(), came.thinking.as_str()), ("hi", "Hm."));
    assert_eq!((came.calls.len(), came.stop, came.usage.input), (1, Some(Stop::ToolUse), 5));
}

#[test]
fn gemini_ends_where_it_ends() {
    let text = r#"{"candidates":[{"content":{"parts":[{"text":"hi"}]}}],"usageMetadata":{"promptTokenCount":4,"candidatesTokenCount":2,"thoughtsTokenCount":3}}"#;
    let stop = r#"{"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":4}}"#;
    let of = |chunks: &[&str]| came(Protocol::Gemini, &sent(chunks));
    let whole = of(&[text, stop]);
    assert_eq!((whole.text.as_str(), &whole.stop), ("hi", &Some(Stop::End)));
    assert_eq!(whole.usage, Usage { input: 4, output: 5, ..Usage::default() });
    assert_eq!(of(&[text, stop, text]).error, Some("truncated"), "more came, and no end behind it");
    assert_eq!(of(&[text, stop, text, stop]).text, "hihi");
    assert_eq!(of(&[r#"{"promptFeedback":{"blockReason":"SAFETY"}}"#]).stop, Some(Stop::ContentFilter));
    assert_eq!(
        of(&[r#"{"candidates":[{"finishReason":"MAX_TOKENS","index":0}]}"#]).stop,
        Some(Stop::MaxTokens)
    );
    // A list instead of a stream, where nobody heeded what was asked for.
    assert_eq!(came(Protocol::Gemini, &format!("[{text}\n,\n{stop}]")), whole);
}

#[test]
fn ollama_may_leave_out_the_last_line_end_and_give_arguments_as_text() {
    let lines = concat!(
        "{\"model\":\"m\",\"message\":{\"content\":\"hi\",\"thinking\":\"Hm.\"},\"done\":false}\r\n\r\n",
        "{\"message\":{\"content\":\"\",\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},\"done\":false}\n",
        "{\"message\":{},\"done\":true,\"prompt_eval_count\":5,\"eval_count\":2}",
    );
    let came = came(Protocol::Ollama, lines);
    assert_eq!((came.text.as_str(), came.thinking.as_str(), came.stop), ("hi", "Hm.", Some(Stop::ToolUse)));
    assert_eq!(came.calls, [("f".to_owned(), "{}".to_owned())]);
}
