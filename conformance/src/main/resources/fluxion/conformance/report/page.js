"use strict";
// The filters are kept in the address, so that a filtered view can be linked to:
// index.html#verdict=FAIL,NOT RUN&rule=B-1*&subject=relu&q=transposed. A rule's id alone opens it.
(() => {
  const form = document.getElementById("filters");
  const chips = [...form.querySelectorAll(".chip")];
  const rules = [...document.querySelectorAll(".rule")].map((element) => ({
    element,
    id: element.id,
    text: element.dataset.text,
    verdict: element.dataset.verdict,
    cases: [...element.querySelectorAll(".case")].map((item) => ({
      item,
      verdict: item.dataset.verdict,
      subject: item.dataset.subject.toLowerCase(),
      text: item.textContent.toLowerCase(),
    })),
  }));
  const plots = [...document.querySelectorAll(".plot")];

  const glob = (pattern) => {
    const quoted = pattern.trim().replace(/[.+^${}()|[\]\\]/g, "\\$&");
    return new RegExp("^" + quoted.replace(/\*/g, ".*").replace(/\?/g, ".") + "$", "i");
  };

  const state = () => ({
    verdicts: chips.filter((c) => c.ariaPressed === "true").map((c) => c.dataset.verdict),
    rule: form.elements.rule.value,
    subject: form.elements.subject.value.trim().toLowerCase(),
    q: form.elements.q.value.trim().toLowerCase(),
  });

  const apply = () => {
    const { verdicts, rule, subject, q } = state();
    const wanted = rule.trim() ? glob(rule) : null;
    const narrow = verdicts.length > 0 || subject !== "" || q !== "";
    let shownRules = 0;
    let shownCases = 0;
    let allCases = 0;
    for (const one of rules) {
      const fits = wanted === null || wanted.test(one.id);
      const told = q === "" || one.text.includes(q);
      let some = 0;
      for (const entry of one.cases) {
        const shown =
          fits &&
          (verdicts.length === 0 || verdicts.includes(entry.verdict)) &&
          (subject === "" || entry.subject.includes(subject)) &&
          (told || entry.text.includes(q) || entry.subject.includes(q));
        entry.item.hidden = !shown;
        some += shown ? 1 : 0;
      }
      allCases += one.cases.length;
      const bare =
        one.cases.length === 0 && subject === "" && told &&
        (verdicts.length === 0 || verdicts.includes(one.verdict));
      one.element.hidden = !(fits && (some > 0 || bare));
      shownRules += one.element.hidden ? 0 : 1;
      shownCases += some;
      for (const group of one.element.querySelectorAll(".subject, .passed, .cases")) {
        group.hidden = !group.querySelector(".case:not([hidden])");
      }
      if (narrow && some > 0 && verdicts.length > 0 && !verdicts.includes("PASS")) {
        one.element.open = true;
      }
    }
    for (const plot of plots) {
      plot.hidden = subject !== "" && !plot.dataset.subject.toLowerCase().includes(subject);
    }
    for (const heading of document.querySelectorAll("#rules h2")) {
      let next = heading.nextElementSibling;
      let any = false;
      while (next && next.classList.contains("rule")) {
        any = any || !next.hidden;
        next = next.nextElementSibling;
      }
      heading.hidden = !any;
    }
    document.getElementById("nothing").hidden = shownRules > 0;
    form.querySelector("#shown").textContent =
      `${shownRules} of ${rules.length} rules, ${shownCases} of ${allCases} cases`;
  };

  const save = () => {
    const { verdicts } = state();
    const parts = [];
    if (verdicts.length > 0) parts.push("verdict=" + verdicts.map(encodeURIComponent).join(","));
    for (const name of ["rule", "subject", "q"]) {
      const value = form.elements[name].value.trim();
      if (value !== "") parts.push(name + "=" + encodeURIComponent(value));
    }
    history.replaceState(null, "", "#" + parts.join("&"));
  };

  const load = () => {
    const hash = location.hash.slice(1);
    const target = document.getElementById(decodeURIComponent(hash));
    if (target && target.classList.contains("rule")) {
      target.open = true;
      target.scrollIntoView();
      return;
    }
    const params = new URLSearchParams(hash.replace(/\+/g, "%2B"));
    const verdicts = (params.get("verdict") ?? "").split(",");
    chips.forEach((c) => { c.ariaPressed = String(verdicts.includes(c.dataset.verdict)); });
    for (const name of ["rule", "subject", "q"]) {
      form.elements[name].value = params.get(name) ?? "";
    }
    apply();
  };

  for (const chip of chips) {
    chip.addEventListener("click", () => {
      chip.ariaPressed = String(chip.ariaPressed !== "true");
      apply();
      save();
    });
  }
  form.addEventListener("input", () => { apply(); save(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => {
    chips.forEach((c) => { c.ariaPressed = "false"; });
    apply();
    save();
  }));
  window.addEventListener("hashchange", load);
  apply();
  load();
})();
