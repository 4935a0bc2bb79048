//! What each provider is asked, in its own words; what happens where a schema is refused or ignored; lists of models;
//! and where the key does not go.

use std::sync::Arc;

use futures::StreamExt;
use llm::provider::CONNECT_LIMIT;
use llm::{JsonOutput, Key, Message, Model, Output, Part, Protocol, Provider, Request, find_at};
use serde_json::{Value, json};

use crate::speech::{self, ALL, Stops};
use crate::support::{End, Received, Reply, Server};
use crate::{KEY, WHOLE, ask, begun, model, options, verse};

fn text(of: &Value) -> String {
    of.as_str().unwrap_or_default().to_owned()
}

/// Where in a body the schema stands where the protocol's own means is used.
fn native(protocol: Protocol, body: &Value) -> &Value {
    match protocol {
        Protocol::Messages => &body["output_config"]["format"]["schema"],
        Protocol::Responses => &body["text"]["format"]["schema"],
        Protocol::Chat => &body["response_format"]["json_schema"]["schema"],
        Protocol::Gemini => &body["generationConfig"]["responseJsonSchema"],
        Protocol::Ollama => &body["format"],
    }
}

/// Where the schema stands where a tool carries the answer.
fn tool(protocol: Protocol, body: &Value) -> &Value {
    match protocol {
        Protocol::Messages => &body["tools"][0]["input_schema"],
        Protocol::Responses => &body["tools"][0]["parameters"],
        Protocol::Chat => &body["tools"][0]["function"]["parameters"],
        Protocol::Gemini => &body["tools"][0]["functionDeclarations"][0]["parametersJsonSchema"],
        Protocol::Ollama => &Value::Null,
    }
}

/// The last words that the model is told first.
fn words(protocol: Protocol, body: &Value) -> String {
    match protocol {
        Protocol::Messages => {
            text(&body["messages"][0]["content"].as_array().unwrap().last().unwrap()["text"])
        }
        Protocol::Responses => text(&body["input"][1]["content"].as_array().unwrap().last().unwrap()["text"]),
        Protocol::Chat | Protocol::Ollama => text(&body["messages"][1]["content"]),
        Protocol::Gemini => text(&body["contents"][0]["parts"].as_array().unwrap().last().unwrap()["text"]),
    }
}

#[tokio::test]
async fn each_protocol_has_its_address_its_key_and_its_schema() {
    for (protocol, path, header) in [
        (Protocol::Messages, "/v1/messages", ("x-api-key", KEY.to_owned())),
        (Protocol::Responses, "/v1/responses", ("authorization", format!("Bearer {KEY}"))),
        (Protocol::Chat, "/v1/chat/completions", ("authorization", format!("Bearer {KEY}"))),
        (
            Protocol::Gemini,
            "/v1beta/models/model-test:streamGenerateContent?alt=sse",
            ("x-goog-api-key", KEY.to_owned()),
        ),
        (Protocol::Ollama, "/api/chat", ("authorization", format!("Bearer {KEY}"))),
    ] {
        let server = Server::start(vec![Reply::answer(protocol, WHOLE)]).await;
        assert_eq!(ask(model(protocol, &server), options()).await.result, Ok(verse()));
        let received = &server.received()[0];
        assert_eq!(received.line, format!("POST {path} HTTP/1.1"));
        assert_eq!(received.header(header.0), Some(header.1.as_str()));
        assert_eq!(*native(protocol, &received.body), json!({"type": "object"}), "{}", received.body);
        assert_eq!(*tool(protocol, &received.body), Value::Null);
        assert_only_there(received, header.0);
    }
}

/// The key is in the one header and nowhere else.
fn assert_only_there(received: &Received, header: &str) {
    assert!(!received.line.contains("0123456789") && !received.body.to_string().contains("0123456789"));
    for (name, value) in &received.headers {
        assert!(name == header || !value.contains("0123456789"), "{name}");
    }
}

#[tokio::test]
async fn where_a_schema_is_refused_a_tool_carries_the_answer_and_then_words_ask_for_it() {
    for protocol in ALL {
        let refused = || Reply::failure(protocol, 400, "This model takes no json_schema, no tool_choice");
        let mut replies = vec![refused()];
        if protocol != Protocol::Ollama {
            let by_tool = [
                speech::begin(protocol),
                speech::tool(protocol, "verse", WHOLE),
                speech::end(protocol, Stops::Well),
            ];
            replies.push(Reply::says(protocol, by_tool.concat()));
            replies.push(refused());
        }
        replies.push(Reply::answer(protocol, WHOLE));
        replies.push(Reply::answer(protocol, WHOLE));
        let server = Server::start(replies).await;
        let questions = if protocol == Protocol::Ollama { 2 } else { 3 };
        for _ in 0..questions {
            // A new connection each time: what was found out is remembered for the server and the model.
            let told = ask(model(protocol, &server), options()).await;
            assert_eq!(told.result, Ok(verse()), "{protocol:?}");
            assert!(told.retries.is_empty(), "{protocol:?}: {:?}", told.retries);
        }
        let bodies: Vec<Value> = server.received().into_iter().map(|received| received.body).collect();
        let schema = json!({"type": "object"});
        assert_eq!(*native(protocol, &bodies[0]), schema);
        if protocol != Protocol::Ollama {
            assert_eq!((bodies.len(), tool(protocol, &bodies[1])), (5, &schema), "{protocol:?}");
            assert_eq!(*tool(protocol, &bodies[2]), schema);
        }
        for last in &bodies[bodies.len() - 2..] {
            assert_eq!(*tool(protocol, last), Value::Null);
            assert_ne!(*native(protocol, last), schema);
            assert!(words(protocol, last).ends_with("{\"type\":\"object\"}"), "{last}");
        }
    }
}

#[tokio::test]
async fn where_a_schema_is_ignored_another_way_is_taken() {
    for protocol in ALL {
        let replies = vec![Reply::answer(protocol, "Rain falls."), Reply::answer(protocol, WHOLE)];
        let server = Server::start(replies).await;
        let told = ask(model(protocol, &server), options()).await;
        assert_eq!(told.result, Ok(verse()), "{protocol:?}");
        let second = &server.received()[1].body;
        assert_ne!(*native(protocol, second), json!({"type": "object"}), "{second}");
    }
}

#[tokio::test]
async fn answers_that_come_wrapped_are_unwrapped() {
    for protocol in ALL {
        for wrapped in [
            format!("```json\n{WHOLE}\n```"),
            format!("Here is the verse you asked for:\n\n{WHOLE}\n\nEnjoy."),
            format!("<think>Two lines {{maybe}} three.</think>\n{WHOLE}"),
        ] {
            let server = Server::start(vec![Reply::answer(protocol, &wrapped)]).await;
            let told = ask(model(protocol, &server), options()).await;
            assert_eq!(told.result, Ok(verse()), "{protocol:?}: {wrapped}");
            assert_eq!(server.received().len(), 1);
        }
    }
}

#[tokio::test]
async fn what_requests_share_comes_first_and_is_the_same_in_each() {
    let family: Arc<[JsonOutput]> = ["first", "second"]
        .map(|name| JsonOutput {
            name: name.into(),
            description: format!("The {name} answer."),
            schema: json!({"type": "object", "properties": {name: {"type": "string"}}}),
        })
        .into();
    for protocol in ALL {
        let server = Server::start((0..2).map(|_| Reply::answer(protocol, "{}")).collect()).await;
        for json in family.iter() {
            let request = Request {
                system: vec![Part::plain("rules"), Part::cached("shared material")],
                messages: vec![Message::user(format!("the task of {}", json.name))],
                output: Output::Json(json.clone()),
                family: Arc::clone(&family),
                max_output_tokens: 300,
            };
            model(protocol, &server).stream(&request).for_each(|_| async {}).await;
        }
        let bodies: Vec<String> =
            server.received().into_iter().map(|received| prefix(protocol, &received.body)).collect();
        assert_eq!(bodies[0], bodies[1], "{protocol:?}");
        assert!(bodies[0].contains("shared material") && !bodies[0].contains("the task"));
    }
}

/// What a provider can keep of a request: all that stands before the task.
fn prefix(protocol: Protocol, body: &Value) -> String {
    match protocol {
        Protocol::Messages => format!("{}{}", body["tools"], body["system"]),
        Protocol::Responses => body["input"][0].to_string(),
        Protocol::Chat | Protocol::Ollama => body["messages"][0].to_string(),
        Protocol::Gemini => body["systemInstruction"].to_string(),
    }
}

#[tokio::test]
async fn presets_know_what_their_servers_take() {
    for (id, limit, stream_options) in [
        ("openai-chat", "max_completion_tokens", true),
        ("openrouter", "max_tokens", true),
        ("mistral", "max_tokens", false),
        ("deepseek", "max_tokens", true),
        ("groq", "max_completion_tokens", true),
        ("xai", "max_tokens", true),
        ("lmstudio", "max_tokens", true),
        ("llamacpp", "max_tokens", true),
        ("vllm", "max_tokens", true),
        ("other", "max_tokens", true),
    ] {
        let provider = Provider::by_id(id).unwrap();
        let by_tool = id == "deepseek";
        let answer = if by_tool {
            speech::tool(Protocol::Chat, "verse", WHOLE)
        } else {
            speech::text(Protocol::Chat, WHOLE)
        };
        let pieces =
            [speech::begin(Protocol::Chat), answer, speech::end(Protocol::Chat, Stops::Well)].concat();
        let server = Server::start(vec![Reply::says(Protocol::Chat, pieces)]).await;
        let connection = provider.open(Some(Key::new(KEY)), "m", Some(&server.url()), CONNECT_LIMIT).unwrap();
        assert_eq!(ask(connection, options()).await.result, Ok(verse()), "{id}");
        let body = &server.received()[0].body;
        assert_eq!(body[limit], 300, "{id}");
        assert_eq!(body.get("stream_options").is_some(), stream_options, "{id}");
        assert_eq!(body.get("tools").is_some(), by_tool, "{id}");
        assert_eq!(body["provider"]["require_parameters"] == true, id == "openrouter", "{id}");
    }
}

#[tokio::test]
async fn a_server_that_nobody_knows_may_end_without_a_marker() {
    let mut pieces = speech::answer(Protocol::Chat, WHOLE);
    pieces.pop();
    for (id, is_whole) in [("other", true), ("openrouter", false)] {
        let server = Server::start(vec![Reply::says(Protocol::Chat, pieces.clone())]).await;
        let provider = Provider::by_id(id).unwrap();
        let connection = provider.open(Some(Key::new(KEY)), "m", Some(&server.url()), CONNECT_LIMIT).unwrap();
        let told = ask(connection, llm::Options { attempts: 1, ..options() }).await;
        assert_eq!(told.result.is_ok(), is_whole, "{id}: {:?}", told.result);
    }
    // But not in the middle.
    let server = Server::start(vec![begun(Protocol::Chat, Vec::new())]).await;
    let other = Provider::by_id("other").unwrap();
    let connection = other.open(None, "m", Some(&server.url()), CONNECT_LIMIT).unwrap();
    let told = ask(connection, llm::Options { attempts: 1, ..options() }).await;
    assert_eq!(told.result.unwrap_err().code(), "truncated");
}

#[tokio::test]
async fn ollama_gets_a_context_that_the_request_fits_in() {
    let server =
        Server::start(vec![Reply::answer(Protocol::Ollama, "yes"), Reply::answer(Protocol::Ollama, "yes")])
            .await;
    let ask = |words: String| {
        let request = Request {
            system: Vec::new(),
            messages: vec![Message::user(words)],
            output: Output::Text,
            family: Arc::default(),
            max_output_tokens: 1_000,
        };
        let model = model(Protocol::Ollama, &server);
        async move {
            model.stream(&request).for_each(|_| async {}).await;
        }
    };
    ask("short".into()).await;
    ask("word ".repeat(10_000)).await;
    let sizes: Vec<Value> =
        server.received().iter().map(|received| received.body["options"]["num_ctx"].clone()).collect();
    assert_eq!(sizes, [json!(8_192), json!(32_768)]);
}

#[tokio::test]
async fn models_are_listed_page_by_page() {
    for (protocol, line, body) in [
        (
            Protocol::Messages,
            "GET /v1/models?limit=1000 HTTP/1.1",
            json!({"data": [{"id": "a"}], "has_more": false}),
        ),
        (Protocol::Responses, "GET /v1/models HTTP/1.1", json!({"data": [{"id": "a"}]})),
        (Protocol::Chat, "GET /v1/models HTTP/1.1", json!({"data": [{"id": "a"}]})),
        (
            Protocol::Gemini,
            "GET /v1beta/models?pageSize=1000 HTTP/1.1",
            json!({"models": [{"name": "models/a"}]}),
        ),
        (Protocol::Ollama, "GET /api/tags HTTP/1.1", json!({"models": [{"name": "a", "model": "a"}]})),
    ] {
        let server = Server::start(vec![Reply::json(200, &body)]).await;
        let models = model(protocol, &server).models().await.unwrap();
        assert_eq!(models.iter().map(|model| model.id.as_str()).collect::<Vec<_>>(), ["a"]);
        assert_eq!(server.received()[0].line, line);
    }
    let pages = vec![
        Reply::json(200, &json!({"models": [{"name": "models/a"}], "nextPageToken": "p 2"})),
        Reply::json(200, &json!({"models": [{"name": "models/b"}]})),
    ];
    let server = Server::start(pages).await;
    let models = model(Protocol::Gemini, &server).models().await.unwrap();
    assert_eq!(models.len(), 2);
    assert_eq!(server.received()[1].line, "GET /v1beta/models?pageSize=1000&pageToken=p%202 HTTP/1.1");

    let page = Server::start(vec![Reply::page(200)]).await;
    assert_eq!(
        model(Protocol::Chat, &page).models().await.unwrap_err().to_string(),
        "OpenAI (Chat Completions) sent something that cannot be read: a web page instead of a list of models"
    );
}

#[tokio::test]
async fn a_check_says_in_plain_words_what_is_wrong() {
    for protocol in ALL {
        let name = speech::provider(protocol).name;
        for (reply, words) in [
            (Reply::failure(protocol, 401, "no"), format!("{name} does not accept this key")),
            (Reply::failure(protocol, 404, "no"), format!("There is no model named model-test at {name}")),
            (
                Reply::json(404, &json!({})),
                format!("{name} refused the request: this address knows no {}", path(protocol)),
            ),
            (Reply::failure(protocol, 429, "no"), format!("{name} allows no more requests for now")),
            (
                Reply::page(200),
                format!("{name} sent something that cannot be read: text/html instead of an event stream"),
            ),
        ] {
            let server = Server::start(vec![reply]).await;
            let error = model(protocol, &server).check().await.unwrap_err();
            assert_eq!(error.to_string(), words);
            assert!(!error.hint().is_empty());
        }
        // The check is over with the first word, and closes the connection.
        let server = Server::start(vec![begun(protocol, Vec::new()).ending(End::Stall)]).await;
        model(protocol, &server).check().await.unwrap();
        server.left().await;
        assert_eq!(server.received().len(), 1);
    }
    let unnamed = Provider::by_id("ollama").unwrap().open(None, "", None, CONNECT_LIMIT).unwrap();
    assert_eq!(unnamed.check().await.unwrap_err().code(), "no_such_model");
}

fn path(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Messages => "messages",
        Protocol::Responses => "responses",
        Protocol::Chat => "chat/completions",
        Protocol::Gemini => "models/model-test:streamGenerateContent",
        Protocol::Ollama => "chat",
    }
}

#[tokio::test]
async fn a_server_without_tls_is_told_apart_from_one_that_is_not_there() {
    use tokio::io::AsyncWriteExt;
    for answer in ["HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n", ""] {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://{}", listener.local_addr().unwrap());
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            stream.write_all(answer.as_bytes()).await.unwrap();
            stream.shutdown().await.unwrap();
            // Closed with what came unread, it would be reset instead.
            let _ = tokio::io::copy(&mut stream, &mut tokio::io::sink()).await;
        });
        let other = Provider::by_id("other").unwrap();
        let error = other.open(None, "m", Some(&url), CONNECT_LIMIT).unwrap().check().await.unwrap_err();
        assert!(error.to_string().contains("it does not speak https there"), "{error}");
    }
}

#[tokio::test]
async fn servers_on_this_computer_are_found_with_their_models() {
    let ollama = Server::start(vec![Reply::json(200, &json!({"models": [{"name": "qwen3:4b"}]}))]).await;
    let studio =
        Server::start(vec![Reply::json(200, &json!({"data": [{"id": "gemma", "max_context_length": 8}]}))])
            .await;
    // Something else listens where a model server might.
    let page = Server::start(vec![Reply::page(200)]).await;
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let of = |id: &str| Provider::by_id(id).unwrap();
    let found = find_at([
        (of("ollama"), ollama.url()),
        (of("lmstudio"), format!("{}/v1", studio.url())),
        (of("llamacpp"), page.url()),
        (of("vllm"), format!("http://{nobody}")),
        (of("other"), "https://models.example.com".to_owned()),
    ])
    .await;
    let found: Vec<_> = found
        .iter()
        .map(|server| (server.provider.name, server.models[0].id.as_str(), server.models[0].context))
        .collect();
    assert_eq!(found, [("Ollama", "qwen3:4b", None), ("LM Studio", "gemma", Some(8))]);
    let received = ollama.received();
    assert_eq!(received[0].header("authorization"), None);
}

#[tokio::test]
async fn no_error_repeats_a_key_that_a_server_echoes() {
    for protocol in ALL {
        for status in [400, 401, 404, 418, 429, 500] {
            let message = format!("Bad key Bearer {KEY} or x-api-key={KEY}");
            let server = Server::start(vec![Reply::failure(protocol, status, &message)]).await;
            let error = model(protocol, &server).check().await.unwrap_err();
            let shown = format!("{error} {error:?} {} {:?}", error.hint(), model(protocol, &server));
            assert!(!shown.contains("0123456789"), "{shown}");
        }
        let listed = Server::start(vec![Reply::failure(protocol, 400, &format!("odd: {KEY}"))]).await;
        let error = model(protocol, &listed).models().await.unwrap_err();
        assert!(!format!("{error} {error:?}").contains("0123456789"));
    }
}

#[test]
fn keys_are_checked_before_anything_is_sent() {
    for provider in Provider::all() {
        let base = provider.home.is_none().then_some("https://models.example.com");
        let open = |key: &str| provider.open(Some(Key::new(key)), "m", base, CONNECT_LIMIT);
        assert_eq!(open("a\nb").unwrap_err().code(), "malformed_key", "{}", provider.id);
        assert_eq!(open("  ").is_err(), provider.needs_key, "{}", provider.id);
        let insecure = provider.open(Some(Key::new(KEY)), "m", Some("http://gateway.example"), CONNECT_LIMIT);
        assert_eq!(
            insecure.unwrap_err().to_string(),
            "The address http://gateway.example cannot be used: http would send the key unencrypted"
        );
        let shown = format!("{:?}", open(KEY).unwrap());
        assert!(!shown.contains("0123456789"), "{shown}");
    }
}
