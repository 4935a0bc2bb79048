//! What the derive writes.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Attribute, Data, DataStruct, DeriveInput, Error, Fields, FieldsNamed, Result, ext::IdentExt};

use crate::names::{Names, by_rule};

/// The items for one type.
pub(crate) fn expand(input: &DeriveInput) -> Result<TokenStream> {
    if !input.generics.params.is_empty() {
        return Err(Error::new_spanned(&input.generics, "Partial cannot be derived for a generic type"));
    }
    match &input.data {
        Data::Struct(DataStruct { fields: Fields::Named(fields), .. }) => object(input, fields),
        Data::Struct(_) | Data::Enum(_) => Ok(atom(input)),
        Data::Union(_) => Err(Error::new_spanned(input, "Partial cannot be derived for a union")),
    }
}

/// A type without parts is its own partial, shown when whole.
fn atom(input: &DeriveInput) -> TokenStream {
    let name = &input.ident;
    quote! {
        #[automatically_derived]
        impl ::llm::Partial for #name {
            type Partial = Self;

            fn refresh(
                shown: &mut ::llm::Field<Self>,
                node: ::llm::json::Node<'_>,
                _: &mut ::llm::patch::Changes,
            ) -> ::llm::Change {
                ::llm::__private::refresh_atom(shown, node)
            }

            fn whole(self) -> Self {
                self
            }
        }
    }
}

fn object(input: &DeriveInput, fields: &FieldsNamed) -> Result<TokenStream> {
    let (name, visibility) = (&input.ident, &input.vis);
    let partial = format_ident!("{name}Partial");
    let of_type = Names::read(&input.attrs)?;

    let (mut members, mut refreshes, mut applies, mut wholes) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for field in &fields.named {
        let Some(ident) = &field.ident else { continue };
        let names = Names::read(&field.attrs)?;
        if let Some(refused) = names.refused {
            return Err(Error::new_spanned(
                field,
                format!("Partial cannot show a field with serde({refused})"),
            ));
        }
        let plain = ident.unraw().to_string();
        let key = match (names.rename, &of_type.rename_all) {
            (Some(name), _) => name,
            (None, Some(rule)) => by_rule(rule, &plain)?,
            (None, None) => plain,
        };
        let (ty, vis, docs) = (&field.ty, &field.vis, docs(&field.attrs));
        let docs = if docs.is_empty() { quote!(#[doc = #key]) } else { quote!(#(#docs)*) };
        members.push(quote! {
            #docs
            #[serde(rename = #key, default, skip_serializing_if = "::llm::Field::is_absent")]
            #vis #ident: ::llm::Field<<#ty as ::llm::Partial>::Partial>
        });
        let refresh =
            quote!(::llm::__private::refresh_member::<#ty>(&mut partial.#ident, node, #key, changes));
        let refresh = if is_whole(&field.attrs)? {
            quote!(changes.with_whole_texts(|changes| #refresh))
        } else {
            refresh
        };
        refreshes.push(quote!(change = change.max(#refresh);));
        applies.push(quote!(#key => ::llm::__private::apply_field::<#ty>(&mut partial.#ident, rest, op),));
        wholes.push(quote!(#ident: ::llm::Field::Done(::llm::Partial::whole(self.#ident))));
    }

    let doc = format!("What has come so far of a [`{name}`].");
    Ok(quote! {
        #[doc = #doc]
        #[derive(
            ::core::clone::Clone,
            ::core::fmt::Debug,
            ::core::default::Default,
            ::core::cmp::PartialEq,
            ::llm::__private::serde::Serialize,
            ::llm::__private::serde::Deserialize,
            ::llm::__private::ts_rs::TS,
        )]
        #[serde(crate = "::llm::__private::serde")]
        #[ts(crate = "::llm::__private::ts_rs")]
        #visibility struct #partial {
            #(#members,)*
        }

        #[automatically_derived]
        impl ::llm::Partial for #name {
            type Partial = #partial;

            fn refresh(
                shown: &mut ::llm::Field<#partial>,
                node: ::llm::json::Node<'_>,
                changes: &mut ::llm::patch::Changes,
            ) -> ::llm::Change {
                ::llm::__private::refresh_object(shown, node, changes, |partial, node, changes| {
                    let mut change = ::llm::Change::Nothing;
                    #(#refreshes)*
                    change
                })
            }

            fn apply_inside(
                partial: &mut #partial,
                place: &::llm::patch::Place,
                rest: &[::llm::patch::Place],
                op: &::llm::patch::Op,
            ) -> ::core::result::Result<(), ::llm::patch::Misfit> {
                let ::llm::patch::Place::Member(name) = place else {
                    return ::core::result::Result::Err(::llm::patch::Misfit);
                };
                match &**name {
                    #(#applies)*
                    _ => ::core::result::Result::Err(::llm::patch::Misfit),
                }
            }

            fn whole(self) -> #partial {
                #partial { #(#wholes,)* }
            }
        }
    })
}

/// Whether a field has `#[partial(whole)]`: texts in it show only when they are whole.
fn is_whole(attributes: &[Attribute]) -> Result<bool> {
    let mut whole = false;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("partial")) {
        attribute.parse_nested_meta(|meta| {
            if !meta.path.is_ident("whole") {
                return Err(meta.error("only `whole` is known here"));
            }
            whole = true;
            Ok(())
        })?;
    }
    Ok(whole)
}

/// The documentation of an item.
fn docs(attributes: &[Attribute]) -> Vec<&Attribute> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("doc")).collect()
}
