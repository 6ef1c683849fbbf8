//! Nothing is known yet.

use crate::flow::{
    cx::{Core, Cx},
    event::{Event, Page},
    phase::{Goto, Next, Phase, Standing},
    screen::Screen,
    view::{Details, View},
};

#[derive(Debug)]
pub(in crate::flow) struct Starting;

impl Phase for Starting {
    fn standing(&self) -> Standing {
        Standing::Starting
    }

    fn on(&mut self, _cx: &mut Cx<'_>, event: Event) -> Next {
        match event {
            Event::Page(Page::Started { stored: Some(tokens) }) => Goto::Adopt(tokens).into(),
            Event::Page(Page::Started { stored: None }) => Goto::Begin.into(),
            Event::Person(_) | Event::Page(_) | Event::Outcome(_) => Next::Stay,
        }
    }

    fn view(&self, _core: &Core) -> View {
        View::of(Screen::Loading, true, Details::None)
    }
}
