//! The derive behind `llm::Partial`. Use it through the crate `llm`.

mod expand;
mod names;

use proc_macro::TokenStream;

/// Makes a type that can be shown while it is being written.
///
/// - A struct with named fields, say `Plan`, gets a companion `PlanPartial` of the same visibility, with the
///   same fields, each an `llm::Field`. An absent field is left out when it is serialised.
/// - Anything else (an enum, a tuple struct) has no parts: it is shown when it is whole. It must be `Clone`,
///   `Debug`, `PartialEq`, `Serialize` and `Deserialize`.
///
/// A text in a field with `#[partial(whole)]` shows only when it is whole: for ids, whose first letters would name
/// something else.
///
/// `#[serde(rename = "…")]` and `#[serde(rename_all = "…")]` are honoured, with the names that are read.
/// `flatten` and fields that are skipped have no place in a value that a model writes and are refused.
#[proc_macro_derive(Partial, attributes(partial, serde))]
pub fn partial(input: TokenStream) -> TokenStream {
    let input = syn::parse_macro_input!(input as syn::DeriveInput);
    expand::expand(&input).unwrap_or_else(|error| error.to_compile_error()).into()
}
