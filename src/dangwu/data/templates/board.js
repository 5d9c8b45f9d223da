(function () {
  "use strict";
  var find = document.getElementById("find");
  var rows = Array.prototype.slice.call(document.querySelectorAll(".row"));
  var tally = document.getElementById("tally");
  var box = document.getElementById("q");
  var lists = Array.prototype.slice.call(document.querySelectorAll(".filters select"));
  var form = document.querySelector(".filters");
  if (!find || !box || !tally) { return; }

  function plain(text) { return text.normalize("NFKC").toLowerCase(); }
  var texts = rows.map(function (row) { return plain(row.textContent); });

  function narrow() {
    var words = plain(box.value).split(/\s+/).filter(Boolean);
    rows.forEach(function (row, at) {
      row.hidden = !words.every(function (word) { return texts[at].indexOf(word) !== -1; });
    });
    var shown = rows.filter(function (row) { return row.getClientRects().length > 0; }).length;
    tally.textContent = shown === 0 ? tally.dataset.none
      : shown === rows.length ? tally.dataset.all
      : tally.dataset.some.replace("#", String(shown));
  }

  function read() {
    var said = new URLSearchParams(location.hash.slice(1));
    box.value = said.get("q") || "";
    lists.forEach(function (list) {
      var wanted = said.get(list.dataset.key) || "";
      list.value = Array.prototype.some.call(list.options, function (each) { return each.value === wanted; }) ? wanted : "";
    });
    narrow();
  }

  function remember() {
    var said = new URLSearchParams();
    if (box.value.trim()) { said.set("q", box.value.trim()); }
    lists.forEach(function (list) { if (list.value) { said.set(list.dataset.key, list.value); } });
    var now = "#" + said.toString();
    if (now !== (location.hash || "#")) { location.replace(now); }
  }

  document.documentElement.classList.add("live");
  find.hidden = false;
  box.addEventListener("input", narrow);
  box.addEventListener("change", remember);
  lists.forEach(function (list) { list.addEventListener("change", function () { narrow(); remember(); }); });
  if (form) { form.addEventListener("reset", function () { box.value = ""; setTimeout(function () { narrow(); remember(); }, 0); }); }
  window.addEventListener("hashchange", read);
  window.addEventListener("pageshow", function () { if (location.hash.length > 1) { read(); } else { narrow(); } });
})();
