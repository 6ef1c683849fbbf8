//! In the account element: nobody is signed in.

use crate::flow::{
    cx::{Core, Cx},
    event::{Event, Page, Person},
    form::Action,
    notice::Notice,
    phase::{Goto, Next, Phase, Standing},
    screen::Screen,
    view::{AccountView, Details, Shown, View},
};

#[derive(Debug)]
pub(in crate::flow) struct NotSignedIn {
    notice: Option<Shown>,
}

impl NotSignedIn {
    pub fn new(cx: &mut Cx<'_>, notice: Option<Notice>) -> Self {
        Self { notice: notice.and_then(|notice| cx.show(notice)) }
    }
}

impl Phase for NotSignedIn {
    fn standing(&self) -> Standing {
        Standing::SignedOut
    }

    fn on(&mut self, cx: &mut Cx<'_>, event: Event) -> Next {
        match event {
            Event::Person(Person::Pressed(Action::SignIn))
            | Event::Page(Page::ScreenRequested { screen: Screen::SignIn, .. }) => {
                Goto::Form { sign_in_name: cx.settings().sign_in_name.clone(), notice: None }.into()
            }
            Event::Page(Page::StoreChanged { stored: Some(tokens), .. }) => Goto::Adopt(tokens).into(),
            Event::Person(_) | Event::Page(_) | Event::Outcome(_) => Next::Stay,
        }
    }

    fn view(&self, _core: &Core) -> View {
        View::of(Screen::Account, false, Details::Account(AccountView::NotSignedIn)).telling(&self.notice)
    }
}
