// Makes a poster of the embedded page: its name, its question, its main picture.
(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
        .embed footer, .embed h1, .controls, .take-away { display: none }
        .embed main { display: grid; place-items: center; padding: 0 44px }
        .embed .desk { display: grid; grid-template-columns: 400px minmax(0, 1fr); grid-template-areas: "words main"; gap: 44px; align-items: center; width: 100% }
        .poster { grid-area: words }
        .poster .brand { font-size: 26px; margin-bottom: 44px }
        .poster .logo { width: 44px; height: 34px }
        .poster .question { border: 0; font: 600 46px/1.16 var(--serif); letter-spacing: -0.01em; text-wrap: balance }
        .poster .answer { margin-top: 26px; color: var(--muted); font: 400 24px/1.35 var(--serif); text-wrap: pretty }
        .main-column .subtitle { display: none }`);
    document.adoptedStyleSheets = [sheet];
    const words = document.createElement('section');
    words.className = 'poster';
    words.innerHTML = `<p class="brand"><svg class="logo" viewBox="0 0 32 24"><path class="wide" d="M1.5 21C8 21 9.500 8 16 8s8 13 14.500 13"/><path class="narrow" d="M7.500 21C12 21 12 3 16 3s4 18 8.500 18"/></svg><span>Shrinkage Lab</span></p>
        <p class="question">Why is a worse\u2011looking guess so often the better one?</p>
        <p class="answer">Pull every measurement a little toward the others, and the total error falls.</p>`;
    document.querySelector('.desk').prepend(words);
})()
