import { useEffect } from "react";

/** Shows a message for five seconds. */
export function Toast({ text, close }: { text: string; close: () => void }) {
  useEffect(() => {
    const timer = setTimeout(close, 5000);
    return () => clearTimeout(timer);
  }, [close]);
  return (
    <p className="toast" role="alert">
      {text}
    </p>
  );
}
