//! What the person, the page, the service and the platform do to a machine.

use cognito_protocol::{
    Secret,
    flow::{Answers, CallError, CallResult, Derived, Job, Outcome, Page, Person, Tokens, field},
    idp::{Json, ServiceError},
    srp::SrpError,
};
use serde_json::{Value, json};

use super::{HOUR, Machine, NOW, stored, typed};
use crate::service::{NAME, PASSWORD, Pool, new_access_token};

impl Machine {
    fn call_over(&mut self, reply: CallResult) -> &mut Self {
        let (id, _) = self.call.take().expect("a call under way");
        let service_millis = self.service_ahead.map(|ahead| self.now + ahead);
        self.on(Outcome::Replied { id, reply, service_millis })
    }

    /// The last call is answered with status 200 and this body.
    pub fn replied(&mut self, body: Value) -> &mut Self {
        self.call_over(Ok(Json::from(body)))
    }

    /// The last call is answered with an error.
    pub fn refused(&mut self, (code, message): (&str, &str)) -> &mut Self {
        let body = json!({ "__type": code, "message": message });
        self.call_over(Err(CallError::Service(ServiceError::of_reply(400, None, Some(body.into())))))
    }

    /// A refresh is refused, and no other tab has anything newer; what comes of that is still to be named.
    pub fn is_refused_for_good(&mut self, error: (&str, &str)) {
        self.refused(error).does(["unlock", "lock"]);
        self.lock_acquired(None);
    }

    /// The last call gets no answer. The service's clock stays untold, too.
    pub fn unreachable(&mut self) -> &mut Self {
        let ahead = self.service_ahead.take();
        self.call_over(Err(CallError::Network));
        self.service_ahead = ahead;
        self
    }

    /// Forgets the last call and gives its id, for a reply that comes late.
    pub fn late_call(&mut self) -> u32 {
        self.call.take().expect("a call under way").0
    }

    /// The last job is run.
    pub fn derived(&mut self) -> &mut Self {
        let (id, job) = self.job.take().expect("a job under way");
        // Each 32 bytes are others than the ones before.
        let derived = job.run(|bytes| {
            for (part, byte) in
                bytes.chunks_mut(32).enumerate().flat_map(|(part, chunk)| chunk.iter_mut().map(move |byte| (part, byte)))
            {
                *byte = 0xa7 ^ u8::try_from(part).expect("few parts");
            }
        });
        self.on(Outcome::Derived { id, derived })
    }

    /// The last job, which the test may look at.
    pub fn job(&self) -> &Job {
        &self.job.as_ref().expect("a job under way").1
    }

    /// The last job fails, because the platform has no randomness or the service's values are hostile.
    pub fn job_failed(&mut self) -> &mut Self {
        let (id, _) = self.job.take().expect("a job under way");
        self.on(Outcome::Derived { id, derived: Derived::Failed(SrpError::EphemeralUnusable) })
    }

    pub fn submitted(&mut self, name: &str, password: &str) -> &mut Self {
        let answers = [(field::USERNAME, name.into()), (field::PASSWORD, password.into())];
        self.on(Person::Submitted(Answers::of(answers)))
    }

    /// Submits a form with these fields; nothing of what is longer than a few characters may show, but for sign-in names.
    pub fn filled_in(&mut self, fields: &[(&str, &str)]) -> &mut Self {
        let secret = [field::PASSWORD, field::NEW_PASSWORD, field::CODE];
        for (_, typed) in fields.iter().filter(|(name, typed)| secret.contains(name) && typed.len() > 3) {
            self.secrets.push((*typed).to_owned());
        }
        self.on(Person::Submitted(Answers::of(fields.iter().map(|(name, typed)| (*name, Secret::from(*typed))))))
    }

    pub fn answered(&mut self, answer: &str) -> &mut Self {
        if answer.len() > 3 {
            self.secrets.push(answer.to_owned());
        }
        self.on(typed(answer))
    }

    pub fn timer_fired(&mut self, id: u32) -> &mut Self {
        self.on(Outcome::TimerFired { id })
    }

    pub fn tokens_requested(&mut self, request: u32) -> &mut Self {
        self.on(Page::TokensRequested { request })
    }

    pub fn lock_acquired(&mut self, stored: Option<Tokens>) -> &mut Self {
        self.on(Outcome::RefreshLockAcquired { stored })
    }

    /// From the sign-in form to the moment where the proof is sent.
    pub fn proves(&mut self, pool: &mut Pool, name: &str, password: &str) -> Value {
        self.submitted(name, password).does(["derive A"]);
        self.derived();
        let request = self.sends("InitiateAuth");
        self.replied(pool.password_verifier(&request)).does(["derive proof"]);
        self.derived();
        self.sends("RespondToAuthChallenge")
    }

    /// The proof of the right password that the machine has just begun by itself, up to its verdict.
    pub fn proves_by_itself(&mut self, name: &str) -> &mut Self {
        let mut pool = Pool::new();
        self.does(["derive A"]);
        self.derived();
        let request = self.sends("InitiateAuth");
        assert_eq!(request["AuthParameters"]["USERNAME"], name);
        self.replied(pool.password_verifier(&request)).does(["derive proof"]);
        self.derived();
        let proof = self.sends("RespondToAuthChallenge");
        assert!(pool.accepts(&proof));
        self
    }

    /// From the sign-in form with the right password to what follows it.
    pub fn passes_password(&mut self, next: Value) -> &mut Self {
        let mut pool = Pool::new();
        let proof = self.proves(&mut pool, NAME, PASSWORD);
        assert!(pool.accepts(&proof));
        self.replied(next)
    }

    /// From a request for tokens to a call that refreshes them.
    pub fn begins_refresh(&mut self, request: u32) -> &mut Self {
        self.tokens_requested(request).does(["lock"]);
        self.lock_acquired(Some(stored(1, NOW + HOUR))).does(["call GetTokensFromRefreshToken"]);
        self
    }

    /// The call that refreshes brings tokens of that number.
    pub fn refreshed(&mut self, number: u32) -> &mut Self {
        self.replied(new_access_token(number))
    }
}
