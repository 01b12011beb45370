// Until the page itself runs: its theme, what the address asks for, and what can go wrong on the way.
(function () {
  var root = document.documentElement;
  var wish = null;
  // Storage may be forbidden.
  try { wish = localStorage.getItem("theme"); } catch (error) { /* then the system decides */ }
  if (wish !== "light" && wish !== "dark") wish = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  root.dataset.theme = wish;

  // The first frame speaks of the start page; another link must not flash its words (web/style/shell.css).
  var link = location.hash.replace(/^#\/?/, "");
  if (/[?&](embed|present)=/.test(link)) root.dataset.shell = "bare";
  else if (link !== "" && link !== "regions") root.dataset.shell = "elsewhere";

  // The menu shows where the link leads, as the page will (web/src/components/header.rs).
  addEventListener("DOMContentLoaded", function () {
    var nav = document.querySelector("#first-frame nav");
    if (!nav) return;
    var here = link === "" ? "regions" : link.split(/[\/?]/)[0];
    nav.querySelectorAll("a").forEach(function (entry) {
      if (entry.getAttribute("href").split("/")[1] !== here) entry.removeAttribute("aria-current");
      else {
        entry.setAttribute("aria-current", "page");
        nav.scrollLeft = entry.offsetLeft - nav.offsetLeft - 60;
      }
    });
  });

  var started = false;
  function report(text) {
    var place = document.getElementById("loading");
    if (started || !place) return;
    place.textContent = text;
    place.setAttribute("role", "alert");
  }
  function failed(event) {
    // Pictures and style sheets also report here; only scripts and uncaught errors stop the page.
    var target = event.target;
    if (target && target.tagName && target.tagName !== "SCRIPT") return;
    report("The page could not be loaded. Check the connection and reload; if that does not help, " +
      "the copy on this server may be incomplete.");
  }
  addEventListener("pagestarted", function () { started = true; });
  addEventListener("error", failed, true);
  addEventListener("unhandledrejection", failed);
  addEventListener("DOMContentLoaded", function () {
    if (typeof WebAssembly === "undefined" || !("noModule" in document.createElement("script"))) {
      report("This browser cannot run the page: it has no WebAssembly. " +
        "Any Firefox, Chrome, Edge or Safari of the last years can.");
    }
  });
})();
