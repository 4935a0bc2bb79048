//! For those who want each partial as a whole value.

use futures::stream::BoxStream;
use futures::{Stream, StreamExt};

use crate::{Error, Field, Partial, Step};

/// The same steps, with the whole partial value in place of each patch.
///
/// Convenient, and dear for long answers: each partial is a copy of all that has come. Who only passes partials on
/// should pass on the patches; who only looks at the newest state should apply them ([`Patch::apply`]).
///
/// [`Patch::apply`]: crate::Patch::apply
pub fn partials<T>(
    steps: impl Stream<Item = Result<Step<T>, Error>> + Send + 'static,
) -> BoxStream<'static, Result<Step<T>, Error>>
where
    T: Partial + Send + 'static,
{
    let mut shown = Field::<T::Partial>::Absent;
    steps
        .filter_map(move |step| {
            let step = match step {
                Ok(Step::Patch(patch)) => match patch.apply::<T>(&mut shown) {
                    Ok(()) => shown.so_far().cloned().map(|partial| Ok(Step::Partial(partial))),
                    Err(misfit) => {
                        tracing::error!(%misfit, "a patch was lost");
                        None
                    }
                },
                other => Some(other),
            };
            std::future::ready(step)
        })
        .boxed()
}
