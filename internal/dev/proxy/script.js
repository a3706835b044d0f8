// Leads what the page's code loads from GoPay's address to Selasar's gp-container.min.js: script elements, links that load
// in advance, markup, and imports. The document itself has Selasar's address already (internal/dev/document). This script
// comes before everything else in the page, so the page's code meets its functions only.
(() => {
  const DOCUMENTED = new RegExp("{{pattern}}");
  const HOST = "{{host}}";
  const SCRIPT = "{{script}}";

  // A page may take only trusted addresses and markup. The values that this script makes stand for values that the page
  // was allowed to use.
  const same = (text) => text;
  const policy = (() => {
    try {
      return self.trustedTypes?.createPolicy("{{policy}}", { createHTML: same, createScriptURL: same });
    } catch {
      return undefined; // the page's policy has no room for it, so it needs none
    }
  })();
  const trusted = (kind, text) => (policy ? policy[kind](text) : text);

  /** Returns Selasar's address for a reference to GoPay's script, or undefined. */
  const replacement = (reference) => {
    let url;
    try {
      url = new URL(reference, document.baseURI);
    } catch {
      return undefined;
    }
    if (DOCUMENTED.test(url.origin + url.pathname)) return SCRIPT + url.search + url.hash;
    return undefined;
  };
  /** A link may connect to GoPay's host before a script loads from it. */
  const connection = (element, reference) =>
    element.localName === "link" && new RegExp(`^(https?:)?//${HOST}/?$`).test(reference) ? new URL("/", SCRIPT).href : undefined;

  const real = {
    set: Element.prototype.setAttribute,
    get: Element.prototype.getAttribute,
    remove: Element.prototype.removeAttribute,
  };
  /** The elements that load Selasar's script: a hash of GoPay's says nothing about it. */
  const led = new WeakSet();
  const addresses = { script: ["src", "href", "xlink:href"], link: ["href"] };
  const hasAddress = (element, name) => addresses[element.localName]?.includes(name.toLowerCase()) ?? false;
  const mayLead = (value) => /gp-container|gopayapi/i.test(String(value));

  /** Gives an element Selasar's address, if the reference is one to GoPay's script. */
  const lead = (element, name, reference) => {
    const script = replacement(reference);
    const address = script ?? connection(element, reference);
    led.delete(element);
    if (address === undefined) return false;
    if (script) {
      led.add(element);
      real.remove.call(element, "integrity");
    }
    real.set.call(element, name, element.localName === "script" ? trusted("createScriptURL", address) : address);
    return true;
  };

  /** Sets an address as the page does. First it is set on an element outside the page, for what the page's policy says. */
  const setAddress = (element, name, value, put) => {
    if (!mayLead(value)) {
      led.delete(element);
      return put(element);
    }
    const probe = element.cloneNode(false);
    const result = put(probe);
    return lead(element, name, real.get.call(probe, name) ?? "") ? result : put(element);
  };

  const wrapProperty = (owner, name, set) => {
    const property = Object.getOwnPropertyDescriptor(owner, name);
    if (!property?.set) return;
    Object.defineProperty(owner, name, {
      ...property,
      set(value) {
        set.call(this, value, property.set);
      },
    });
  };
  const wrapMethod = (owner, name, wrapped) => {
    const method = owner?.[name];
    if (typeof method !== "function") return;
    owner[name] = function (...args) {
      return wrapped.call(this, method, args);
    };
  };

  // Script and link elements that code makes.
  for (const [owner, name] of [
    [HTMLScriptElement.prototype, "src"],
    [HTMLLinkElement.prototype, "href"],
  ]) {
    wrapProperty(owner, name, function (value, put) {
      setAddress(this, name, value, (element) => put.call(element, value));
    });
    wrapProperty(owner, "integrity", function (value, put) {
      if (!led.has(this)) put.call(this, value);
    });
  }
  for (const [method, at] of [
    ["setAttribute", 0],
    ["setAttributeNS", 1],
  ]) {
    wrapMethod(Element.prototype, method, function (put, args) {
      const name = String(args[at]);
      if (led.has(this) && name.toLowerCase() === "integrity") return undefined;
      if (!hasAddress(this, name)) return put.apply(this, args);
      return setAddress(this, name, args[at + 1], (element) => put.apply(element, args));
    });
  }
  for (const [owner, method] of [
    [Element.prototype, "setAttributeNode"],
    [Element.prototype, "setAttributeNodeNS"],
    [NamedNodeMap.prototype, "setNamedItem"],
    [NamedNodeMap.prototype, "setNamedItemNS"],
  ]) {
    wrapMethod(owner, method, function (put, [node, ...rest]) {
      const address = node instanceof Attr && /^(src|href)$/.test(node.localName) ? replacement(node.value) : undefined;
      if (address) node.value = address;
      return put.call(this, node, ...rest);
    });
  }

  // Markup that code writes.
  const inert = document.implementation.createHTMLDocument("");
  const markup = Object.getOwnPropertyDescriptor(Element.prototype, "innerHTML");
  const TAG = /<(?:script|link)(?=[\s/])(?:[^>"']|"[^"]*"|'[^']*')*>/gi;
  const leadTag = (tag) => {
    if (!mayLead(tag)) return tag;
    const holder = inert.createElement("div");
    markup.set.call(holder, trusted("createHTML", tag));
    const element = holder.firstElementChild;
    const found = addresses[element.localName].some((name) => lead(element, name, real.get.call(element, name) ?? "data:"));
    return found ? markup.get.call(holder).replace("</script>", "") : tag;
  };
  /** Returns the markup with Selasar's address. It is trusted if the page's own was. */
  const leadMarkup = (value) => {
    if (!mayLead(value)) return value;
    const text = String(value);
    const changed = text.replace(TAG, leadTag);
    if (changed === text) return value;
    return typeof value === "string" ? changed : trusted("createHTML", changed);
  };
  for (const owner of [Element.prototype, self.ShadowRoot?.prototype]) {
    for (const name of ["innerHTML", "outerHTML"]) {
      if (owner)
        wrapProperty(owner, name, function (value, put) {
          put.call(this, leadMarkup(value));
        });
    }
    wrapMethod(owner, "setHTMLUnsafe", function (put, [value, ...rest]) {
      return put.call(this, leadMarkup(value), ...rest);
    });
  }
  wrapMethod(Element.prototype, "insertAdjacentHTML", function (put, [where, value]) {
    return put.call(this, where, leadMarkup(value));
  });
  wrapMethod(Range.prototype, "createContextualFragment", function (put, [value]) {
    return put.call(this, leadMarkup(value));
  });
  for (const name of ["write", "writeln"]) {
    wrapMethod(Document.prototype, name, function (put, args) {
      return put.apply(this, args.length === 1 ? [leadMarkup(args[0])] : args.some(mayLead) ? [leadMarkup(args.join(""))] : args);
    });
  }

  // The import map stands before this script, and the browser has read it. A framework that compares the document with its
  // own must not find it.
  const map = document.currentScript?.previousElementSibling;
  if (map?.type === "importmap") map.remove();
})();
