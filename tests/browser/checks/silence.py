"""What the file does on its own: it fetches nothing, says nothing, and can do nothing."""

from __future__ import annotations

import re

from tests.browser.view import View


def nothing_is_fetched(view: View) -> list[str]:
    """No request leaves the file: not even one is tried."""
    own = view.path.as_uri()
    return [f"asks for {url}" for url in view.requests if url.split("#")[0] != own and not url.startswith("data:")]


def nothing_is_said(view: View) -> list[str]:
    """No message in the console, no error, no dialogue; what its policy stops would be told there."""
    return list(view.said)


def nothing_can_run(view: View) -> list[str]:
    """The static edition has no script in any of the forms that HTML has for it, and embeds nothing."""
    return view.ask(r"""
        const faults = all("script, iframe, frame, object, embed, applet, form, base, link[rel=stylesheet]")
          .map((one) => `${name(one)} is no part of a static report`);
        all("meta[http-equiv=refresh i]").forEach(() => faults.push("the page goes elsewhere by itself"));
        for (const element of all("*")) for (const { name: attribute, value } of element.attributes) {
          if (/^on/.test(attribute)) faults.push(`${place(element)} has ${attribute}`);
          // Browsers leave out blanks and control characters in front of an address and in its scheme.
          if (/^(java|vb)script:|^data:text\/html/i.test(value.replace(/[\s\x00-\x1f]/g, "")))
            faults.push(`${place(element)}: ${attribute} runs a script`);
          if (attribute === "srcdoc") faults.push(`${place(element)} has ${attribute}`);
        }
        return faults;
    """)


def no_style_is_stopped(view: View) -> list[str]:
    """No style attribute: the policy allows the one style sheet and stops these."""
    return [f"{where} has a style attribute" for where in view.ask("return all('[style]').map(place)")]


def policy_is_strict(view: View) -> list[str]:
    """The file's own policy forbids all, and allows by a hash or as data what it needs."""
    found = view.ask("""
        const policy = document.head.querySelector("meta[http-equiv='Content-Security-Policy']");
        const late = policy && all("style, script, link, img").some((one) => policy.compareDocumentPosition(one) & 2);
        return policy && [policy.content, late];
    """)
    if not found:
        return ["the page has no policy"]
    policy, late = found
    faults = ["something stands before the policy"] if late else []
    rules = {words[0]: words[1:] for words in map(str.split, policy.split(";")) if words}
    faults += [
        f"the policy does not say {rule} 'none'"
        for rule in ("default-src", "base-uri", "form-action")
        if rules.get(rule) != ["'none'"]
    ]
    strict = re.compile(r"'none'|'sha(256|384|512)-[\w+/=-]+'|data:")
    loose = [
        f"the policy allows {word} in {rule}"
        for rule, words in rules.items()
        for word in words
        if not strict.fullmatch(word) or (rule == "script-src" and word == "data:")
    ]
    return faults + loose
