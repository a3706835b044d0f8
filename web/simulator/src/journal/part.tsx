import type { ComponentChildren } from "preact";

/** One part of a row's detail, under its own small heading. */
export function Part({ title, name, children }: { title: string; name?: string; children: ComponentChildren }) {
  return (
    <section class="part" data-part={name}>
      <h4>{title}</h4>
      {children}
    </section>
  );
}

/** Names a value within a part: "Headers", "Body". */
export function Named({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div class="named">
      <h5>{name}</h5>
      {children}
    </div>
  );
}
