//! JSON Schemas of our own types, in the dialect that providers take.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use crate::JsonOutput;

/// Asks for one JSON value of type `T`. `name` is a short name of it: letters, digits, `_`.
///
/// The schema has the fields in the order in which the type has them, which is the order in which a model writes
/// them; all of them are required (an `Option` may be `null`) and nothing else is allowed. Formats, bounds and
/// defaults are left out, as providers refuse them; the type's own parsing and the caller's check stand in for
/// them. Definitions are written where they are used, as far as a type does not contain itself. The description is
/// the type's own documentation.
pub fn json_output<T: JsonSchema>(name: &str) -> JsonOutput {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.inline_subschemas = true;
        settings.meta_schema = None;
    });
    let mut schema: Value = settings.into_generator().into_root_schema_for::<T>().into();
    for_providers(&mut schema);
    let description = schema.get("description").and_then(Value::as_str).unwrap_or_default().to_owned();
    JsonOutput { name: name.to_owned(), description, schema }
}

/// Keywords that both Anthropic and OpenAI take in strict schemas. `oneOf` and `allOf` are handled apart.
const KEPT: [&str; 12] = [
    "type",
    "description",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "enum",
    "const",
    "anyOf",
    "$ref",
    "$defs",
    "definitions",
];

/// Rewrites a schema, and all schemas in it, into what providers take.
fn for_providers(schema: &mut Value) {
    let Value::Object(schema) = schema else { return };
    if let Some(Value::Array(alternatives)) = schema.shift_remove("oneOf") {
        one_of(schema, alternatives);
    }
    schema.retain(|keyword, _| KEPT.contains(&keyword.as_str()));

    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        properties.values_mut().for_each(for_providers);
        let names: Vec<Value> = properties.keys().map(|name| json!(name)).collect();
        schema.insert("required".to_owned(), Value::Array(names));
        schema.insert("additionalProperties".to_owned(), json!(false));
    }
    for keyword in ["$defs", "definitions"] {
        if let Some(Value::Object(definitions)) = schema.get_mut(keyword) {
            definitions.values_mut().for_each(for_providers);
        }
    }
    if let Some(items) = schema.get_mut("items") {
        for_providers(items);
    }
    if let Some(Value::Array(alternatives)) = schema.get_mut("anyOf") {
        alternatives.iter_mut().for_each(for_providers);
    }
}

/// An enum of plain names comes as `oneOf` with a `const` each, where its variants have docs. Providers do not take
/// `oneOf`: it becomes `enum`, and the docs go into the description. Any other `oneOf` becomes `anyOf`.
fn one_of(schema: &mut Map<String, Value>, alternatives: Vec<Value>) {
    let mut names = Vec::new();
    let mut lines: Vec<String> =
        schema.get("description").and_then(Value::as_str).map(str::to_owned).into_iter().collect();
    for alternative in &alternatives {
        let docs = alternative.get("description").and_then(Value::as_str);
        match (alternative.get("const"), alternative.get("enum").and_then(Value::as_array)) {
            (Some(name @ Value::String(text)), _) => {
                names.push(name.clone());
                lines.extend(docs.map(|docs| format!("{text}: {docs}")));
            }
            (None, Some(several)) => names.extend(several.iter().cloned()),
            _ => {
                schema.insert("anyOf".to_owned(), Value::Array(alternatives));
                return;
            }
        }
    }
    schema.insert("type".to_owned(), json!("string"));
    schema.insert("enum".to_owned(), Value::Array(names));
    if !lines.is_empty() {
        schema.insert("description".to_owned(), json!(lines.join("\n")));
    }
}
