// Hands that move everything on the page at random, eyes that look for what only a fault can write, and scales.
// Runs before the page's own scripts. `soak.move` and `soak.reach` say what they did; nothing here knows a lab.
window.soak = (() => {
    const NONSENSE = /.{0,40}\b(NaN|undefined|Infinity|inf|panicked)\b.{0,40}/;
    const bad = new Set();
    const trail = [];

    // Eyes on the canvas: no label and no point of a picture is without a number.
    const canvas = CanvasRenderingContext2D.prototype;
    for (const name of ['moveTo', 'lineTo', 'arc', 'rect', 'fillRect', 'strokeRect', 'bezierCurveTo', 'fillText']) {
        const draw = canvas[name];
        canvas[name] = function (...all) {
            for (const one of all) {
                if (typeof one === 'number' ? !Number.isFinite(one) : typeof one === 'string' && NONSENSE.test(one)) {
                    bad.add(`${name}(${all.join(', ')}) on ${this.canvas.dataset.panel}`);
                }
            }
            return draw.apply(this, all);
        };
    }

    // Scales: the memory of every WASM instance, here and in the workers.
    const memories = [];
    for (const name of ['instantiate', 'instantiateStreaming']) {
        const instantiate = WebAssembly[name];
        WebAssembly[name] = async (...all) => {
            const made = await instantiate.apply(WebAssembly, all);
            const { memory } = (made.instance ?? made).exports;
            // The page's annex uses the page's.
            if (memory) memories.push(memory);
            return made;
        };
    }
    function inWorker(address) {
        const load = importScripts;
        self.importScripts = (...all) => load(...all.map((one) => new URL(one, address).href));
        const instantiate = WebAssembly.instantiate;
        let memory;
        WebAssembly.instantiate = async (...all) => {
            const made = await instantiate.apply(WebAssembly, all);
            memory = (made.instance ?? made).exports.memory;
            return made;
        };
        self.scales = new BroadcastChannel('scales');
        self.scales.onmessage = (event) => {
            // The others' answers come this way too.
            if (event.data === 'how much?') self.scales.postMessage(memory ? memory.buffer.byteLength : 0);
        };
    }
    const Original = Worker;
    window.Worker = class extends Original {
        constructor(address, options) {
            // A script that was made here has no address of its own, by which the worker's first lines know their build.
            const full = new URL(address, document.baseURI);
            const ask = new XMLHttpRequest();
            ask.open('GET', full, false);
            ask.send();
            const boot = ask.responseText.replaceAll('self.location.search', JSON.stringify(full.search));
            const source = `(${inWorker})(${JSON.stringify(full.href)});\n${boot}`;
            super(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })), options);
        }
    };
    const scales = new BroadcastChannel('scales');
    let answers = [];
    scales.onmessage = (event) => answers.push(event.data);

    const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

    /** Bytes of all WASM memories: the page's and each worker's. */
    async function weigh(numWorkers) {
        answers = [];
        scales.postMessage('how much?');
        for (let i = 0; i < 100 && answers.length < numWorkers; i += 1) await wait(50);
        return [...memories.map((memory) => memory.buffer.byteLength), ...answers];
    }

    function generator(seed) { // mulberry32
        return () => {
            seed = (seed + 0x6d2b79f5) | 0;
            let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
            t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
            return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
        };
    }

    const keyOf = (e) => e.closest('[data-key]')?.dataset.key;
    const isThere = (e) => e.isConnected && !e.disabled && e.checkVisibility();
    const all = (selector) => [...document.querySelectorAll(selector)].filter(isThere);
    const say = (what) => { trail.push(what); if (trail.length > 40) trail.shift(); };

    function look(what) {
        const labels = [...document.querySelectorAll('[aria-label], [aria-valuetext]')]
            .map((e) => `${e.getAttribute('aria-label')} ${e.getAttribute('aria-valuetext') || ''}`);
        const found = [document.body.innerText, ...labels].join('\n').match(NONSENSE);
        if (found) bad.add(`after ${what}: ${found[0]}`);
        const alert = document.querySelector('[role=alert]');
        if (alert) bad.add(`after ${what}: ${alert.textContent}`);
    }

    async function settled(ms) {
        const end = performance.now() + ms;
        while (performance.now() < end) {
            await wait(30);
            if (document.querySelector('main[data-state=settled]')) return true;
        }
        return false;
    }

    function slide(slider, share) {
        const [min, max] = [Number(slider.min), Number(slider.max)];
        slider.value = String(min + share * (max - min));
        slider.dispatchEvent(new InputEvent('input', { bubbles: true }));
        say(`${keyOf(slider) ?? slider.id} at ${slider.value}`);
    }

    function type(field, text) {
        field.focus();
        field.value = text;
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
        field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
        field.blur();
        say(`${keyOf(field)} typed ${JSON.stringify(text)}`);
    }

    function choose(list, index) {
        list.selectedIndex = index;
        list.dispatchEvent(new Event('change', { bubbles: true }));
        say(`${keyOf(list) ?? list.id} chosen ${index}`);
    }

    function press(button) {
        say(`${keyOf(button) ?? ''} pressed ${JSON.stringify((button.textContent || button.value || '').trim().slice(0, 30))}`);
        button.click();
    }

    function paste(area, text) {
        area.focus();
        area.value = text;
        area.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));
        area.blur();
        say(`${keyOf(area)} pasted ${JSON.stringify(text.slice(0, 60))}`);
    }

    const CONTROLS = '.controls [data-key]';
    const HANDLES = 'input[type=range], input[type=radio], input.number, select, textarea, button';
    // Not what leaves the page, and not what opens a window of the system.
    const OTHERS = '.controls .card-head button, .sampler .transport button, .work-bar button, .take-away button, summary, header button.icon, main .card canvas';

    function table(random) {
        const rows = Array.from({ length: 4 + Math.floor(30 * random()) }, (_, k) => {
            const number = () => (random() < 0.03 ? 'x' : (40 * random() - 10).toFixed(2));
            return [`unit ${k}`, number(), number(), (0.5 + 9 * random()).toFixed(1), (0.5 + 9 * random()).toFixed(1)].join('\t');
        });
        const heads = ['name\tvalue\ttruth\tse\tn', 'gene\ta1\ta2\tb1\tb2', 'cluster\tbeta_hat_a\tbeta_hat_b\tse_a\tse_b'];
        return [heads[Math.floor(heads.length * random())], ...rows].join('\n');
    }

    const TYPED = ['', 'x', '-1', '0', '1', '2', '3.7', '1,5', '7', '12', '25', '100', '1e999', '3,10,25', '6x5', '−2'];

    async function once(random) {
        const pick = (list) => list[Math.floor(list.length * random())];
        if (random() < 0.2) {
            const other = pick(all(OTHERS));
            if (other?.tagName === 'CANVAS') {
                const box = other.getBoundingClientRect();
                const at = { bubbles: true, pointerType: 'mouse', clientX: box.left + box.width * random(), clientY: box.top + box.height * random() };
                say(`pointer on ${other.dataset.panel}`);
                for (const kind of ['pointerenter', 'pointermove', 'pointerdown', 'pointerup', 'click', 'pointerleave']) {
                    other.dispatchEvent(new PointerEvent(kind, at));
                    if (random() < 0.3) await frame();
                }
            } else if (other) {
                press(other);
            }
            return null;
        }
        const controls = all(CONTROLS);
        if (!controls.length) return null;
        const control = pick(controls);
        const handle = pick([...control.querySelectorAll(HANDLES)].filter(isThere));
        if (!handle) return null;
        if (handle.type === 'range') {
            const ends = random();
            let share = ends < 0.1 ? 0 : ends < 0.2 ? 1 : random();
            slide(handle, share);
            for (let left = random() < 0.5 ? 12 : 0; left > 0 && isThere(handle); left -= 1) {
                share = Math.min(1, Math.max(0, share + 0.2 * (random() - 0.5)));
                await frame();
                slide(handle, share);
            }
        } else if (handle.tagName === 'SELECT') {
            choose(handle, Math.floor(handle.options.length * random()));
        } else if (handle.tagName === 'TEXTAREA') {
            paste(handle, table(random));
        } else if (handle.type === 'text') {
            type(handle, pick(TYPED));
        } else {
            press(handle);
        }
        return control.dataset.key;
    }

    return {
        weigh,
        /** Moves things for `ms` milliseconds. */
        async move(seed, ms) {
            const random = generator(seed);
            const moved = new Set();
            const end = performance.now() + ms;
            let steps = 0;
            document.querySelectorAll('.controls details:not(.menu)').forEach((e) => { e.open = true; });
            while (performance.now() < end && bad.size === 0) {
                const key = await once(random);
                if (key) moved.add(key);
                steps += 1;
                await wait(random() < 0.5 ? 0 : 60 * random());
                if (steps % 10 === 0) {
                    if (random() < 0.3) await settled(1500);
                    look(trail.at(-1));
                }
            }
            look(trail.at(-1));
            const shown = all(CONTROLS).map((e) => e.dataset.key);
            return { steps, moved: [...moved], shown, bad: [...bad], trail: [...trail] };
        },
        /** Brings everything to its ends, as long as `ms` allows, so that later nothing is larger than ever before. */
        async reach(ms) {
            const end = performance.now() + ms;
            document.querySelectorAll('.controls details:not(.menu)').forEach((e) => { e.open = true; });
            for (const share of [1, 0]) {
                for (const key of all(CONTROLS).map((e) => e.dataset.key)) {
                    for (const slider of all(`.controls [data-key="${key}"] input[type=range]`)) slide(slider, share);
                    if (performance.now() > end) break;
                    await frame();
                }
                await settled(Math.max(500, end - performance.now()));
            }
            look('all at their ends');
            return { steps: 0, moved: [], shown: [], bad: [...bad], trail: [...trail] };
        },
    };
})();
