import { useState } from "preact/hooks";

/** The mini app's icon, or its first letter if the icon is missing or does not load. */
export function AppIcon({ url, name, size }: { url: string | undefined; name: string; size: number }) {
  const [broken, setBroken] = useState("");
  if (!url || broken === url) {
    return (
      <span class="app-icon" style={{ width: `${size}px`, height: `${size}px`, fontSize: `${size * 0.45}px` }} aria-hidden="true">
        {name.slice(0, 1).toUpperCase()}
      </span>
    );
  }
  return <img class="app-icon" src={url} alt="" width={size} height={size} onError={() => setBroken(url)} />;
}
