//! Pieces of the page: data and callbacks in, elements out. No computation beyond formatting.

mod control_panel;
mod figure_canvas;
mod header;
mod lecture;
mod legend;
mod math;
mod menu;
mod notices;
mod panel_card;
mod predict;
mod present;
mod sampler_card;
mod spans;
mod work_bar;

pub use control_panel::{ControlPanel, Handles};
pub use figure_canvas::FigureCanvas;
pub use header::Header;
pub use lecture::{ChapterCard, LectureHead};
pub use legend::LegendRow;
pub use math::Math;
pub use menu::Menu;
pub use notices::Notices;
pub use panel_card::{Naming, PanelCard};
pub use predict::{Predict, Veil};
pub use present::{Present, PresentTools, Switches, begin, end};
pub use sampler_card::{SamplerCard, Transport};
pub use spans::Sentence;
pub use work_bar::WorkBar;
