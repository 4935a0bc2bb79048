//! The schemas that providers get.

use llm::{JsonOutput, json_output};
use schemars::JsonSchema;

/// A basket.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema counts")]
struct Basket {
    /// What is in it.
    fruits: Vec<Fruit>,
    /// 0 to 100.
    score: u8,
    /// Who owns it, or null.
    owner: Option<String>,
    /// How it is carried, or null.
    handle: Option<Handle>,
    #[schemars(range(min = 1, max = 5))]
    anchor: i64,
}

#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema counts")]
struct Fruit {
    /// Its name.
    #[schemars(length(max = 20))]
    name: String,
    /// Its colour.
    colour: Colour,
}

#[derive(JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(dead_code, reason = "only its schema counts")]
enum Colour {
    /// Like the sky at dusk.
    DeepRed,
    /// Like grass.
    Green,
}

#[derive(JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(dead_code, reason = "only its schema counts")]
enum Handle {
    Wood,
    Rope,
}

#[test]
fn fields_keep_their_order_all_are_required_and_nothing_is_left_that_providers_refuse() {
    let JsonOutput { name, schema, .. } = json_output::<Basket>("basket");
    assert_eq!(name, "basket");
    insta::assert_json_snapshot!(schema);
    let text = schema.to_string();
    for refused in ["oneOf", "format", "minimum", "maximum", "maxLength", "$schema", "$ref", "default"] {
        assert!(!text.contains(&format!("\"{refused}\":")), "{refused}");
    }
}

/// A tree.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema counts")]
struct Branch {
    /// Its leaves.
    leaves: u32,
    /// What grows from it.
    branches: Vec<Branch>,
}

#[test]
fn a_type_that_contains_itself_keeps_a_reference() {
    let JsonOutput { schema, .. } = json_output::<Branch>("branch");
    insta::assert_json_snapshot!(schema);
}
