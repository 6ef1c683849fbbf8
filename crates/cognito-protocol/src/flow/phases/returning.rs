//! The person is back from another provider, with a code that becomes tokens.

use crate::{
    Secret,
    flow::{
        cx::{Core, Cx},
        effect::Effect,
        event::{Event, Outcome, Page},
        federation::{self, Exchange},
        phase::{Goto, Next, Phase, Standing},
        screen::Screen,
        tokens::Tokens,
        view::{Details, View},
    },
};

#[derive(Debug)]
pub(in crate::flow) struct Returning {
    call: u32,
    nonce: Secret,
    /// The session that goes on where nothing comes of the code.
    stored: Option<Tokens>,
}

impl Returning {
    pub fn new(cx: &mut Cx<'_>, exchange: Exchange, stored: Option<Tokens>) -> Self {
        let Exchange { url, form, nonce } = exchange;
        let call = cx.fresh_id();
        cx.effect(Effect::Exchange { id: call, url, form });
        Self { call, nonce, stored }
    }
}

impl Phase for Returning {
    // Nobody is signed in, and nothing that the person could leave is shown.
    fn standing(&self) -> Standing {
        Standing::Starting
    }

    fn on(&mut self, cx: &mut Cx<'_>, event: Event) -> Next {
        match event {
            Event::Outcome(Outcome::Replied { id, reply, .. }) if id == self.call => {
                match (federation::tokens(cx, &self.nonce, reply), self.stored.take()) {
                    (Ok(tokens), _) => Goto::Federated(tokens).into(),
                    (Err(notice), None) => Goto::SignedOut { notice: Some(notice) }.into(),
                    (Err(notice), Some(stored)) => {
                        drop(cx.show(notice));
                        Goto::Adopt(stored).into()
                    }
                }
            }
            Event::Page(Page::StoreChanged { stored, .. }) => {
                self.stored = stored;
                Next::Stay
            }
            Event::Person(_) | Event::Page(_) | Event::Outcome(_) => Next::Stay,
        }
    }

    fn view(&self, _core: &Core) -> View {
        View::of(Screen::Loading, true, Details::None)
    }
}
