//! The names that serde reads for fields.

use syn::{Attribute, LitStr, Result, meta::ParseNestedMeta};

/// What the `serde` attributes say of a type or a field.
#[derive(Default)]
pub(crate) struct Names {
    /// `rename`.
    pub(crate) rename: Option<String>,
    /// `rename_all`.
    pub(crate) rename_all: Option<LitStr>,
    /// `flatten`, `skip` or `skip_deserializing`.
    pub(crate) refused: Option<String>,
}

impl Names {
    /// Reads them.
    pub(crate) fn read(attributes: &[Attribute]) -> Result<Self> {
        let mut names = Self::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
            attribute.parse_nested_meta(|meta| names.one(&meta))?;
        }
        Ok(names)
    }

    fn one(&mut self, meta: &ParseNestedMeta<'_>) -> Result<()> {
        if meta.path.is_ident("rename") {
            if let Some(name) = read_name(meta)? {
                self.rename = Some(name.value());
            }
        } else if meta.path.is_ident("rename_all") {
            if let Some(rule) = read_name(meta)? {
                self.rename_all = Some(rule);
            }
        } else {
            for refused in ["flatten", "skip", "skip_deserializing"] {
                if meta.path.is_ident(refused) {
                    self.refused = Some(refused.to_owned());
                }
            }
            skip_value(meta)?;
        }
        Ok(())
    }
}

/// `= "name"`, or `(serialize = "…", deserialize = "name")`.
fn read_name(meta: &ParseNestedMeta<'_>) -> Result<Option<LitStr>> {
    if meta.input.peek(syn::Token![=]) {
        return meta.value()?.parse().map(Some);
    }
    let mut found = None;
    meta.parse_nested_meta(|inner| {
        let name: LitStr = inner.value()?.parse()?;
        if inner.path.is_ident("deserialize") {
            found = Some(name);
        }
        Ok(())
    })?;
    Ok(found)
}

/// Steps over the value of an attribute that does not matter here.
fn skip_value(meta: &ParseNestedMeta<'_>) -> Result<()> {
    if meta.input.peek(syn::Token![=]) {
        meta.value()?.parse::<syn::Expr>()?;
    } else if meta.input.peek(syn::token::Paren) {
        meta.parse_nested_meta(|inner| skip_value(&inner))?;
    }
    Ok(())
}

/// A field's name by a rule of `rename_all`, as serde applies it to fields.
pub(crate) fn by_rule(rule: &LitStr, field: &str) -> Result<String> {
    let words = || field.split('_').filter(|word| !word.is_empty());
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters
            .next()
            .map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
    };
    Ok(match rule.value().as_str() {
        "lowercase" | "snake_case" => field.to_owned(),
        "UPPERCASE" | "SCREAMING_SNAKE_CASE" => field.to_ascii_uppercase(),
        "kebab-case" => field.replace('_', "-"),
        "SCREAMING-KEBAB-CASE" => field.to_ascii_uppercase().replace('_', "-"),
        "PascalCase" => words().map(capital).collect(),
        "camelCase" => {
            let pascal: String = words().map(capital).collect();
            let mut letters = pascal.chars();
            letters
                .next()
                .map_or_else(String::new, |first| first.to_ascii_lowercase().to_string() + letters.as_str())
        }
        _ => return Err(syn::Error::new(rule.span(), "serde has no such rule")),
    })
}
