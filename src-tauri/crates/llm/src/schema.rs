//! JSON Schemas of our own types, in the dialect that providers take.

use schemars::JsonSchema;

use crate::Output;

/// Asks for one JSON value of type `T`. `name` is a short name of it: letters, digits, `_`.
pub fn json_output<T: JsonSchema>(name: &str) -> Output {
    Output::Json { name: name.to_owned(), schema: schemars::schema_for!(T).into() }
}
