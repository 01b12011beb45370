//! Number of groups, and of units in each: a handle and a field for every group, and a field for a list of all.
//! A design beyond the handles is shown as bars.

use labs::{Kind, Value};
use yew::prelude::*;

use super::number_field::{SHORT, number_field, text_of};
use super::{ControlProps, NumberField, NumberFieldProps};
use crate::components::math;
use crate::words;

/// The handles and fields.
#[component]
pub fn SizesControl(props: &ControlProps) -> Html {
    let (Kind::Sizes { max_groups, max_size, limits, groups, group }, Value::Sizes(sizes)) =
        (props.control.kind, &props.value)
    else {
        return Html::default();
    };
    let num_groups = {
        let (set, sizes) = (props.set(), sizes.clone());
        Callback::from(move |wanted: usize| set.emit(Value::Sizes(resized(&sizes, wanted))))
    };
    let type_groups = {
        let (num_groups, type_in, sizes) = (num_groups.clone(), props.type_in(), sizes.clone());
        move |text: String| match text.trim().parse::<usize>() {
            Ok(wanted) if (1..=limits.groups).contains(&wanted) => num_groups.emit(wanted),
            Ok(0) => type_in.emit(String::new()),
            Ok(wanted) => type_in.emit(written(&resized(&sizes, wanted.min(limits.groups + 1)))),
            Err(_) => type_in.emit(text),
        }
    };
    let total: usize = sizes.iter().sum();
    let share = (100.0 * (sizes.len() - 1) as f64 / (max_groups - 1) as f64).min(100.0);
    let has_handles = sizes.len() <= max_groups && sizes.iter().all(|size| *size <= max_size);
    let list = props.control.write(&props.value);
    html! {
        <>
            <div class="control-head">
                <label for="num-groups">{ groups.0 }{ " " }{ math(groups.1) }</label>
                { number_field(sizes.len().to_string(), words::controls::as_number(groups.0), type_groups.into(), SHORT) }
            </div>
            <input type="range" id="num-groups" min="1" max={max_groups.to_string()} step="1" value={sizes.len().to_string()}
                ~style={format!("--fill: {share:.2}%")}
                oninput={move |event: InputEvent| if let Ok(wanted) = text_of(&event).parse() { num_groups.emit(wanted) }} />
            <div class="control-head second">
                <span>{ props.control.label }{ " " }{ math(props.control.symbol) }</span>
                <span class="reading">{ words::controls::in_all(total) }</span>
            </div>
            if has_handles {
                <div class="sizes" ~style={format!("--groups: {}", sizes.len())}>
                    { for (0..sizes.len()).map(|k| one_group(props, sizes, k, max_size, group)) }
                </div>
            } else {
                { bars(sizes) }
            }
            <div class="size-list">
                <span class="reading" aria-hidden="true">{ words::controls::AS_LIST }</span>
                <NumberField ..NumberFieldProps { text: list.into(), label: words::controls::as_sizes(props.control.label).into(), on_text: props.type_in(), width: None } />
            </div>
        </>
    }
}

/// The sizes as bars, in place of the handles that they are too many or too large for.
fn bars(sizes: &[usize]) -> Html {
    let (least, most) = (sizes.iter().min().copied().unwrap_or(0), sizes.iter().max().copied().unwrap_or(1));
    let bar = |(k, size): (usize, &usize)| {
        let height = 100.0 * *size as f64 / most.max(1) as f64;
        format!("M{k}.1 100v{:.1}h.8v{height:.1}z", -height)
    };
    let path: String = sizes.iter().enumerate().map(bar).collect();
    html! {
        <svg class="size-bars" viewBox={format!("0 0 {} 100", sizes.len())} preserveAspectRatio="none"
            role="img" aria-label={words::controls::sizes(sizes.len(), least, most)}>
            <path d={path} />
        </svg>
    }
}

fn one_group(props: &ControlProps, sizes: &[usize], k: usize, max_size: usize, group: &str) -> Html {
    let size = sizes[k];
    let with_size = {
        let sizes = sizes.to_vec();
        move |size: usize| {
            let mut sizes = sizes.clone();
            sizes[k] = size;
            sizes
        }
    };
    let oninput = {
        let (set, with_size) = (props.set(), with_size.clone());
        move |event: InputEvent| {
            if let Ok(size) = text_of(&event).parse() {
                set.emit(Value::Sizes(with_size(size)));
            }
        }
    };
    let on_text = {
        let (type_in, sizes) = (props.type_in(), sizes.to_vec());
        move |text: String| {
            let mut texts: Vec<String> = sizes.iter().map(usize::to_string).collect();
            texts[k] = text.replace(',', " ");
            type_in.emit(texts.join(","));
        }
    };
    let name = format!("{}, {group} {}", props.control.label, k + 1);
    let share = 100.0 * size as f64 / max_size as f64;
    html! {
        <div class="size" key={k}>
            <input type="range" class="upright" min="1" max={max_size.to_string()} step="1" value={size.to_string()}
                ~style={format!("--fill: {share:.2}%")} aria-label={name.clone()} {oninput} />
            { number_field(size.to_string(), words::controls::as_number(&name), on_text.into(), 2) }
        </div>
    }
}

/// The first `wanted` groups, new ones as large as the last.
fn resized(sizes: &[usize], wanted: usize) -> Vec<usize> {
    let mut sizes = sizes.to_vec();
    let last = sizes.last().copied().unwrap_or(1);
    sizes.resize(wanted, last);
    sizes
}

fn written(sizes: &[usize]) -> String {
    sizes.iter().map(usize::to_string).collect::<Vec<_>>().join(",")
}
