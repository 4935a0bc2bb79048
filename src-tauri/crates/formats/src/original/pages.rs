//! Pages of a PDF as pictures.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings};

use super::{Original, PagePicture, PageSize};
use crate::format::sniff;
use crate::read::{check_size, pdf};
use crate::{Format, MAX_PAGES, ReadError, ReadOptions};

/// Nobody needs more pixels across.
const MAX_WIDTH: u32 = 2_400;

/// A page narrower than this shows nothing.
const MIN_WIDTH: u32 = 50;

/// The most pixels in a picture: a page of 2,400 by 6,000.
const MAX_PIXELS: f32 = 14_400_000.0;

/// The sizes of the pages.
pub(super) fn sizes(bytes: &[u8], options: &ReadOptions) -> Result<Original, ReadError> {
    pdf::guarded(bytes, options, |bytes, options| {
        let pdf = pdf::open(bytes, &options)?;
        let pages = pdf
            .pages()
            .iter()
            .take(MAX_PAGES)
            .map(|page| {
                let (width, height) = page.render_dimensions();
                PageSize { width, height }
            })
            .collect();
        Ok(Original::Pages { pages, of: u32::try_from(pdf.pages().len()).unwrap_or(u32::MAX) })
    })
}

/// Draws one page of a PDF, counted from 1, that many pixels wide (50 to 2,400), on white.
///
/// # Errors
///
/// As [`super::original`], and [`ReadError::NoSuchPage`] where the file is no PDF or has no such page.
pub fn draw_page(
    bytes: &[u8],
    file_name: Option<&str>,
    page: u32,
    width: u32,
    options: &ReadOptions,
) -> Result<PagePicture, ReadError> {
    check_size(bytes)?;
    let format = sniff(bytes, file_name)?;
    let missing = ReadError::NoSuchPage { format, page };
    if format != Format::Pdf || page == 0 || page as usize > MAX_PAGES {
        return Err(missing);
    }
    pdf::guarded(bytes, options, move |bytes, options| {
        let pdf = pdf::open(bytes, &options)?;
        let drawn = pdf.pages().get(page as usize - 1).ok_or(missing)?;
        let (wide, high) = drawn.render_dimensions();
        let unusable = || ReadError::Damaged { format, what: "a page has no usable size".to_owned() };
        if !(wide.is_finite() && high.is_finite() && wide >= 1.0 && high >= 1.0) {
            return Err(unusable());
        }
        #[expect(clippy::cast_precision_loss, reason = "at most 2,400")]
        let wanted = width.clamp(MIN_WIDTH, MAX_WIDTH) as f32;
        let most = (MAX_PIXELS / (wide * high)).sqrt().min(f32::from(u16::MAX) / wide.max(high));
        let scale = (wanted / wide).min(most);
        let pixels = |points: f32| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "clamped to what a picture can have"
            )]
            let pixels = (points * scale).round().clamp(1.0, f32::from(u16::MAX)) as u16;
            pixels
        };
        let settings = RenderSettings {
            x_scale: scale,
            y_scale: scale,
            width: Some(pixels(wide)),
            height: Some(pixels(high)),
            bg_color: WHITE,
        };
        let picture = hayro::render(drawn, &RenderCache::new(), &InterpreterSettings::default(), &settings);
        let (width, height) = (u32::from(picture.width()), u32::from(picture.height()));
        let png = picture.into_png().map_err(|_| unusable())?;
        Ok(PagePicture { png, width, height })
    })
}
