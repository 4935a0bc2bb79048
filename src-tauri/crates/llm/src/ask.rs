//! Drives a model to a typed value.

use std::sync::Arc;

use futures::StreamExt;
use futures::stream::BoxStream;
use serde::de::DeserializeOwned;

use crate::answer::Answer;
use crate::drive::{Told, drive};
use crate::{Error, Model, Options, Partial, Request, Step};

/// Asks a model for a value of type `T`, and shows it while it is being written.
///
/// `check` judges a value that is well formed: whether ids exist, a score is in range, and the like. Its reason is
/// sent back to the model, so it should say what is wrong with which part, and how to put it right. It may be shown
/// to the user.
///
/// What the stream gives:
/// - [`Step::Patch`] whenever there is more to show: at once when a field or an item is done, else at most once
///   per [`Options::gate`], everything new in one, and never an empty one. What is left is given before a retry, the
///   end, or an error. All patches together are about as long as the answer; [`partials`](crate::partials) makes
///   whole partial values of them.
/// - [`Step::Retry`] before the request is made again: after a fault that may pass ([`Error::is_retryable`]), up to
///   [`Options::attempts`] for one answer; and after an answer that does not fit, up to [`Options::repairs`]. The
///   next patch then sets the whole anew.
/// - [`Step::Usage`] whenever the count of tokens changes: the sum over all attempts of this question. While an
///   answer comes in, the output is estimated about once a second until the provider tells its count.
/// - [`Step::Done`], the value, as the last item.
///
/// The answer may stand in a code fence, behind thinking, between sentences, or be the arguments of a tool. A server
/// that ignores the schema is asked in another way ([`Model::schema_ignored`]).
///
/// Nothing is sent before the stream is polled. Dropping it ends the request. It needs a tokio runtime with time.
///
/// # Errors
///
/// An error is the stream's last item.
pub fn ask<T>(
    model: Arc<dyn Model>,
    request: Request,
    options: Options,
    check: impl Fn(&T) -> Result<(), String> + Send + Sync + 'static,
) -> BoxStream<'static, Result<Step<T>, Error>>
where
    T: Partial + DeserializeOwned + Send + 'static,
{
    let steps = drive::<Answer<T>, _>(model, request, options, check);
    steps
        .map(|told| {
            Ok(match told? {
                Told::Shown(patch) => Step::Patch(patch),
                Told::Retry(retry) => Step::Retry(retry),
                Told::Usage(usage) => Step::Usage(usage),
                Told::Done(value) => Step::Done(value),
            })
        })
        .boxed()
}
