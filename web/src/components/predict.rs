//! Predict, then reveal: the question, a bar or buttons to answer it, and the run's answer beside the reader's.

use labs::lecture::{Ask, CHAPTERS, Prediction, Question};
use labs::{Panel, number};
use web_sys::HtmlElement;
use yew::prelude::*;

use super::lecture::prose;
use super::{plain_button, primary_button};
use crate::controls::text_of;
use crate::state::Action;
use crate::words;

/// Properties of [`Predict`].
#[derive(Clone, PartialEq, Properties)]
pub struct PredictProps {
    /// Index of the chapter that asks.
    pub chapter: usize,
    /// What the reader has said; `None` until then.
    pub prediction: Option<Prediction>,
    /// What the run says; `None` until it can.
    pub answer: Option<f64>,
    /// Whether the run is done: what it cannot say now it will not say.
    pub is_settled: bool,
    /// Takes what the reader says.
    pub on_action: Callback<Action>,
}

/// The question of a chapter; nothing if it asks none.
#[component]
pub fn Predict(props: &PredictProps) -> Html {
    let result = use_node_ref();
    let last = use_mut_ref(|| (props.chapter, props.prediction.is_some()));
    {
        let result = result.clone();
        // The buttons are gone: whoever pressed one is led to what has come in their place.
        use_effect_with((props.chapter, props.prediction.is_some()), move |now| {
            let before = last.replace(*now);
            if let (true, Some(result)) = (before == (now.0, false) && now.1, result.cast::<HtmlElement>()) {
                let _ = result.focus();
            }
        });
    }
    let Some(question) = CHAPTERS.get(props.chapter).and_then(|chapter| chapter.question.as_ref()) else {
        return Html::default();
    };
    let predict = props.on_action.reform(Action::Predict);
    html! {
        <section class="card question" aria-labelledby="question">
            <h2 class="question-text" id="question">
                <span class="question-mark">{ words::predict::HEAD }</span>{ prose(question.text) }
            </h2>
            if let Some(prediction) = props.prediction {
                <div class="result" tabindex="-1" ref={result} role="status">
                    { told(question, prediction, props) }
                </div>
                { plain_button(words::predict::AGAIN, predict.reform(|_| None)) }
            } else {
                { match question.ask {
                    Ask::Bar { .. } => html! { <Bar key={props.chapter} ..BarProps { chapter: props.chapter, on_answer: predict.reform(Some) } /> },
                    Ask::Pick { options } => html! {
                        <div class="answers" role="group" aria-labelledby="question">
                            { for options.iter().enumerate().map(|(i, option)| html! {
                                <button key={*option} type="button" onclick={predict.reform(move |_| Some(Prediction::Made(i as f64)))}>{ prose(option) }</button>
                            }) }
                            { plain_button(words::predict::SKIP, predict.reform(|_| Some(Prediction::Skipped))) }
                        </div>
                    },
                } }
            }
        </section>
    }
}

/// What was predicted beside what the run says, and why it is so.
fn told(question: &Question, prediction: Prediction, props: &PredictProps) -> Html {
    let Some(answer) = props.answer else {
        let said = if props.is_settled { words::predict::CANNOT } else { words::predict::UNDER_WAY };
        return html! { <p>{ said }</p> };
    };
    let guess = match prediction {
        Prediction::Made(guess) => Some(guess),
        Prediction::Skipped => None,
    };
    let verdict = match guess {
        Some(guess) if question.is_met(guess, answer) => words::predict::MET,
        Some(_) => words::predict::NOT_MET,
        None => "",
    };
    let pair = [(words::predict::YOU, "guess", guess), (words::predict::RUN, "answer", Some(answer))];
    html! {
        <>
            <dl class="told">
                { for pair.into_iter().filter_map(|(who, class, value)| Some((who, class, value?))).map(|(who, class, value)| html! {
                    <div {class} key={who}>
                        <dt>{ who }</dt>
                        <dd>
                            if let Ask::Bar { min, max, .. } = question.ask {
                                <span class="told-bar" aria-hidden="true"><span ~style={format!("width: {:.1}%", share(value, min, max))}></span></span>
                            }
                            <strong>{ prose(&question.ask.words(value)) }</strong>
                        </dd>
                    </div>
                }) }
            </dl>
            <p class="why">
                if !verdict.is_empty() {
                    <strong>{ verdict }</strong>{ " " }
                }
                { prose(question.why) }
            </p>
        </>
    }
}

/// How much of a bar is filled, in per cent.
fn share(value: f64, min: f64, max: f64) -> f64 {
    (100.0 * (value - min) / (max - min)).clamp(0.0, 100.0)
}

#[derive(Clone, PartialEq, Properties)]
struct BarProps {
    chapter: usize,
    on_answer: Callback<Prediction>,
}

/// A bar to drag; buttons beside it, and the keys of a slider, do the same.
#[component]
fn Bar(props: &BarProps) -> Html {
    let question = CHAPTERS[props.chapter].question.as_ref();
    let ask = question.map(|question| question.ask);
    let Some(Ask::Bar { min, max, step, .. }) = ask else { return Html::default() };
    // Off the middle, where many an answer lies: a guess should be one's own.
    let start = min + (0.2 * (max - min) / step).round() * step;
    let value = use_state_eq(|| start);
    let words = ask.map_or_else(String::new, |ask| ask.words(*value));
    let put = {
        let value = value.clone();
        move |to: f64| value.set((min + ((to - min) / step).round() * step).clamp(min, max))
    };
    let oninput = {
        let put = put.clone();
        move |event: InputEvent| {
            if let Some(position) = number::read(&text_of(&event)) {
                put(position);
            }
        }
    };
    // A twentieth of the bar, in whole steps.
    let stride = (0.05 * (max - min) / step).round().max(1.0) * step;
    let by = |change: f64| {
        let (put, now) = (put.clone(), *value);
        move |_: MouseEvent| put(now + change)
    };
    let made = Prediction::Made(*value);
    html! {
        <div class="bar-answer">
            <div class="bar-row">
                <button type="button" aria-label={words::predict::LESS} disabled={*value <= min} onclick={by(-stride)}>{ "−" }</button>
                <input type="range" id="prediction" aria-labelledby="question" aria-valuetext={words.clone()}
                    min={min.to_string()} max={max.to_string()} step={step.to_string()} value={value.to_string()}
                    ~style={format!("--fill: {:.2}%", share(*value, min, max))} {oninput} />
                <button type="button" aria-label={words::predict::MORE} disabled={*value >= max} onclick={by(stride)}>{ "+" }</button>
                <output for="prediction">{ &words }</output>
            </div>
            <div class="answers">
                { primary_button(words::predict::GUESS, props.on_answer.reform(move |_| made)) }
                { plain_button(words::predict::SKIP, props.on_answer.reform(|_| Prediction::Skipped)) }
            </div>
        </div>
    }
}

/// Stands in place of a panel that would give the answer away.
pub fn veil(panel: &Panel) -> Html {
    let title = AttrValue::from(panel.title.clone());
    html! {
        <section key={panel.id.clone()} class="card veil" id={format!("card-{}", panel.id)} aria-label={title.clone()}>
            <h2>{ title }</h2>
            <p><span class="veil-mark" aria-hidden="true">{ "?" }</span>{ words::predict::VEIL }</p>
        </section>
    }
}
