//! What the first view does without, in a program file of its own that comes after it.
//!
//! The page's program is cut at the function in `web/src/bin/page.rs` that gives [`ANNEX`]. The page calls all this
//! through the fields of [`Annex`] and by no name: `cargo xtask dist` finds what nothing but they lead to, code and
//! words, and puts that into the other file. That is the other labs, the lecture, the projector, files to take away,
//! tables of the reader's own, pictures in words, and pictures that come further down.

use std::cell::{Cell, RefCell};
use std::pin::Pin;

use labs::{Kind, library};
use plots::{Figure, FixedMetrics, HotSpot, View};
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use wasm_split_helpers::SplitLoaderError;
use yew::prelude::*;

use crate::canvas::Canvas;
use crate::components::{
    ChapterCard, ChapterCardProps, LectureHead, LectureHeadProps, Naming, Predict, PredictProps, Present,
    PresentProps, Programs, ProgramsProps, ShareProps, TakeAway, TakeAwayProps, Ways, rows,
};
use crate::controls::{ControlProps, MovesControl, PlayControl, TableControl};
use crate::state::Shown;

/// A canvas that is drawn on.
pub(crate) type Area = DrawingArea<FixedMetrics<Canvas>, Shift>;

/// What is in the other file.
pub struct Annex {
    /// [`plots::draw`]; no spots if a canvas fails.
    pub(crate) draw: fn(&Figure, &View, &Area) -> Vec<HotSpot>,
    /// [`plots::tween`].
    pub(crate) tween: fn(&Figure, &Figure, f64) -> Option<Figure>,
    /// [`plots::describe`].
    pub(crate) describe: fn(&Figure) -> String,
    /// What can be taken away of a picture.
    pub(crate) take_away: fn(TakeAwayProps) -> Html,
    /// The rows of a panel that is a table.
    pub(crate) rows: fn(&Shown, &Naming) -> Html,
    /// The heading of a chapter.
    pub(crate) lecture_head: fn(LectureHeadProps) -> Html,
    /// The words of a chapter.
    pub(crate) chapter_card: fn(ChapterCardProps) -> Html,
    /// The question of a chapter.
    pub(crate) predict: fn(PredictProps) -> Html,
    /// The projector's page.
    pub(crate) present: fn(PresentProps) -> Html,
    /// What the dialog for sharing holds.
    pub(crate) ways: fn(ShareProps) -> Html,
    /// What the dialog for programs holds.
    pub(crate) programs: fn(ProgramsProps) -> Html,
    /// The widget of a control that the first view has none of.
    pub(crate) widget: fn(ControlProps) -> Html,
    add_labs: fn(),
}

/// It. Only the function at which the page is cut names it (`web/src/bin/page.rs`).
pub static ANNEX: Annex = Annex {
    draw: |figure, view, area| plots::draw(figure, view, area).unwrap_or_default(),
    tween: plots::tween,
    describe: plots::describe,
    take_away: |props| html! { <TakeAway ..props /> },
    rows,
    lecture_head: |props| html! { <LectureHead ..props /> },
    chapter_card: |props| html! { <ChapterCard ..props /> },
    predict: |props| html! { <Predict ..props /> },
    present: |props| html! { <Present ..props /> },
    ways: |props| html! { <Ways ..props /> },
    programs: |props| html! { <Programs ..props /> },
    widget,
    add_labs: || library::add(&library::WHOLE),
};

fn widget(props: ControlProps) -> Html {
    match props.control.kind {
        Kind::Play { .. } => html! { <PlayControl ..props /> },
        Kind::Moves { .. } => html! { <MovesControl ..props /> },
        Kind::Table(_) => html! { <TableControl ..props /> },
        _ => Html::default(),
    }
}

/// It could not be fetched.
#[derive(Clone, Copy, Debug)]
pub struct NotHere;

impl From<SplitLoaderError> for NotHere {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

/// Fetches the annex.
pub type Fetch = fn() -> Pin<Box<dyn Future<Output = Result<&'static Annex, NotHere>>>>;

type Wish = Box<dyn FnOnce(Result<&'static Annex, NotHere>)>;
type Wait = Box<dyn FnOnce(&'static Annex)>;

thread_local! {
    static FETCH: Cell<Option<Fetch>> = const { Cell::new(None) };
    static HERE: Cell<Option<&'static Annex>> = const { Cell::new(None) };
    /// Who wishes for it; `None` while it is not being fetched.
    static WISHES: RefCell<Option<Vec<Wish>>> = const { RefCell::new(None) };
    /// Who waits until others wish for it.
    static WAITING: RefCell<Vec<Wait>> = const { RefCell::new(Vec::new()) };
}

/// Says how the annex is fetched; before anyone wishes for it.
pub(crate) fn set_fetch(fetch: Fetch) {
    FETCH.set(Some(fetch));
}

/// The annex; `None` until it has come.
#[must_use]
pub(crate) fn here() -> Option<&'static Annex> {
    HERE.get()
}

/// Does `work` when the annex has come, at once if it is here; fetches it if nobody has. A fetch that fails is tried
/// again at the next wish.
pub(crate) fn once_here(work: impl FnOnce(Result<&'static Annex, NotHere>) + 'static) {
    if let Some(annex) = here() {
        work(Ok(annex));
        return;
    }
    let is_first = WISHES.with_borrow_mut(|wishes| {
        let is_first = wishes.is_none();
        wishes.get_or_insert_default().push(Box::new(work));
        is_first
    });
    if is_first {
        wasm_bindgen_futures::spawn_local(fetch());
    }
}

/// Does `work` when the annex has come, at once if it is here; fetches nothing, for the first view goes first.
pub(crate) fn when_here(work: impl FnOnce(&'static Annex) + 'static) {
    match here() {
        Some(annex) => work(annex),
        None => WAITING.with_borrow_mut(|waiting| waiting.push(Box::new(work))),
    }
}

async fn fetch() {
    let annex = match FETCH.get() {
        Some(fetch) => fetch().await,
        None => Err(NotHere),
    };
    if let Ok(annex) = annex {
        (annex.add_labs)();
        HERE.set(Some(annex));
    }
    for work in WISHES.take().unwrap_or_default() {
        work(annex);
    }
    if let Ok(annex) = annex {
        for work in WAITING.take() {
            work(annex);
        }
    }
}

/// The annex, once it has come; a component that asks is drawn again then.
#[hook]
pub(crate) fn use_annex() -> Option<&'static Annex> {
    let is_here = use_state_eq(|| here().is_some());
    {
        let is_here = is_here.setter();
        use_effect_with((), move |()| when_here(move |_| is_here.set(true)));
    }
    here()
}
