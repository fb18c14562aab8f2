//! `view!`: Leptos' markup, turned into calls of the app's own `billing_admin::view`, which are few and not generic.
//!
//! Leptos' own macro makes one type of every piece of markup, and for each type the code that builds and rebuilds it:
//! a third of the bundle. What is read here is the part of Leptos' syntax that the app uses: elements and their
//! attributes, `prop:`, `class:`, `on:` and `node_ref`, text, blocks, fragments, and components made with Leptos'
//! `#[component]`. Anything else is an error of the compiler, with a word on what is not there.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use rstml::node::{KeyedAttribute, Node, NodeAttribute, NodeElement};
use syn::{Error, Expr, ExprLit, Lit, Result};

/// Leptos' `#[component]`. What a component reads while it is made is followed by nobody: that `view!` sees to, in less
/// code than Leptos' own way, which is made anew for each component.
#[proc_macro_attribute]
pub fn component(_: proc_macro::TokenStream, item: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let item = TokenStream::from(item);
    quote! { #[::leptos::component(transparent)] #item }.into()
}

/// Markup as an `AnyView`.
#[proc_macro]
pub fn view(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let made = rstml::parse2(input.into()).and_then(|nodes| fragment(&nodes));
    made.unwrap_or_else(Error::into_compile_error).into()
}

/// One node is itself, several are a list of views.
fn fragment(nodes: &[Node]) -> Result<TokenStream> {
    let views = nodes.iter().filter(is_markup).map(node).collect::<Result<Vec<_>>>()?;
    Ok(match &views[..] {
        [one] => quote! { ::billing_admin::view::IntoView::into_view(#one) },
        _ => quote! {
            ::billing_admin::view::AnyView::Many(::std::vec![#(::billing_admin::view::IntoView::into_view(#views)),*])
        },
    })
}

fn is_markup(node: &&Node) -> bool {
    !matches!(node, Node::Comment(_))
}

/// An expression that can be made a view.
fn node(node: &Node) -> Result<TokenStream> {
    match node {
        Node::Element(element) if is_component(element) => used(element),
        Node::Element(made) => element(made),
        Node::Text(text) => {
            let text = &text.value;
            Ok(quote! { #text })
        }
        Node::Block(block) => Ok(quote! { #[allow(unused_braces)] #block }),
        Node::Fragment(nodes) => fragment(nodes.children()),
        other => Err(Error::new_spanned(other, "markup is elements, components, \"text\" and {blocks}")),
    }
}

fn is_component(element: &NodeElement<rstml::Infallible>) -> bool {
    element.name().to_string().starts_with(char::is_uppercase)
}

fn attributes(element: &NodeElement<rstml::Infallible>) -> Result<Vec<&KeyedAttribute>> {
    let mut attributes = Vec::new();
    for attribute in element.attributes() {
        match attribute {
            NodeAttribute::Attribute(keyed) => attributes.push(keyed),
            NodeAttribute::Block(block) => return Err(Error::new_spanned(block, "attributes cannot be spread")),
        }
    }
    Ok(attributes)
}

/// `name=value`, or `name` alone.
fn used(element: &NodeElement<rstml::Infallible>) -> Result<TokenStream> {
    let name = element.name();
    let props = attributes(element)?.into_iter().map(|attribute| {
        let key = &attribute.key;
        match attribute.value() {
            Some(value) => quote! { .#key(#[allow(unused_braces)] { #value }) },
            None => quote! { .#key(#key) },
        }
    });
    let children = if element.children().iter().any(|child| is_markup(&child)) {
        let children = fragment(element.children())?;
        Some(quote! { .children(::std::boxed::Box::new(move || #children)) })
    } else {
        None
    };
    let given = Ident::new("given", Span::mixed_site());
    // What it is given may be followed where it stands; what it reads while it is made is not.
    Ok(quote! {
        {
            let #given = ::leptos::component::component_props_builder(&#name)#(#props)*#children.build();
            let _untracked = ::billing_admin::reactive::untracked();
            ::leptos::component::component_view(&#name, #given)
        }
    })
}

fn element(element: &NodeElement<rstml::Infallible>) -> Result<TokenStream> {
    let tag = element.name().to_string();
    let made = Ident::new("made", Span::mixed_site());
    let (mut attributes_set, mut rest) = (Vec::new(), Vec::new());
    // What is known of it is one text, which `view::element` takes apart.
    let mut markup = tag;
    for attribute in attributes(element)? {
        let key = attribute.key.to_string();
        if let Some(value) = known(attribute)
            && !key.contains(':')
        {
            if value.contains('\n') {
                return Err(Error::new_spanned(attribute.value(), "the value of an attribute stands on one line"));
            }
            markup.extend(["\n", &key, "\n", &value]);
            continue;
        }
        let value = attribute.value().map(|value| quote! { #[allow(unused_braces)] { #value } });
        match key.split_once(':') {
            Some(("on", event)) => {
                let event = event_type(event);
                rest.push(quote! { ::billing_admin::view::on(&#made, #event, #value); });
            }
            // After the children: a select takes a value only when it has the option.
            Some(("prop", name)) => rest.push(quote! { ::billing_admin::view::property(&#made, #name, #value); }),
            Some(("class", name)) => {
                attributes_set.push(quote! { ::billing_admin::view::class(&#made, #name, #value); });
            }
            Some(_) => return Err(Error::new_spanned(&attribute.key, "there is on:, prop: and class:")),
            None if key == "node_ref" => rest.push(quote! { ::billing_admin::view::refer(&#made, #value); }),
            None => attributes_set.push(quote! { ::billing_admin::view::attribute(&#made, #key, #value); }),
        }
    }
    let children = element.children().iter().filter(is_markup).map(node).collect::<Result<Vec<_>>>()?;
    Ok(quote! {
        {
            let #made = ::billing_admin::view::element(#markup);
            #(#attributes_set)*
            #(::billing_admin::view::child(&#made, #children);)*
            #(#rest)*
            ::billing_admin::view::AnyView::from(#made)
        }
    })
}

/// The value of an attribute, if it is written out.
fn known(attribute: &KeyedAttribute) -> Option<String> {
    match attribute.value() {
        None => Some(String::new()),
        Some(Expr::Lit(ExprLit { lit: Lit::Str(text), .. })) => Some(text.value()),
        Some(_) => None,
    }
}

/// Leptos has a type for most events. For the others the listener names the type of what it takes.
fn event_type(name: &str) -> TokenStream {
    if name == "cancel" {
        return quote! { ::leptos::ev::Custom::new(#name) };
    }
    let event = format_ident!("{name}", span = Span::call_site());
    quote! { ::leptos::ev::#event }
}
