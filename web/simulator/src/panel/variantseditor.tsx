import { Choice } from "@selasar/ui/parts/field";
import { useStore } from "@selasar/ui/store";
import { changeDevice } from "../control/act";
import { state } from "../control/live";
import type { Device } from "../control/shapes";
import { usePanelText } from "../text/say";
import { readingsOf, VARIANTS, type VariantName } from "./variants";

/** The page's API of each generation. */
const APIS: Record<string, string> = { webview: "MiniAppSDK", "container-v1": "gpContainer", "container-v2": "gpContainer" };

/** The mini app's generation, and the reading of each contradiction of the documentation. */
export function VariantsEditor({ device }: { device: Device }) {
  const say = usePanelText();
  const generation = useStore(state, (s) => s?.apps[0]?.generation);
  const chosen = VARIANTS.filter((name) => device.variants?.[name] !== undefined);
  return (
    <section class="section">
      <h3>{say("dialect")}</h3>
      {generation ? (
        <div class="field">
          <span>{say("generation")}</span>
          <div class="field-value mono">
            {generation} · {APIS[generation] ?? generation}
          </div>
        </div>
      ) : null}
      <p class="hint">{say("variantsHint")}</p>
      {VARIANTS.map((name) => (
        <Variant key={name} name={name} device={device} />
      ))}
      <div>
        <button type="button" class="button small" disabled={chosen.length === 0} onClick={() => void changeDevice({ variants: null })}>
          {say("variantsReset")}
        </button>
      </div>
    </section>
  );
}

function Variant({ name, device }: { name: VariantName; device: Device }) {
  const say = usePanelText();
  return (
    <Choice
      label={say(`variant_${name}`)}
      value={device.variants?.[name] ?? ""}
      options={[["", say("variantDefault")], ...readingsOf(name).map((reading) => [reading, reading] as const)]}
      change={(reading) => changeDevice({ variants: { [name]: reading || null } })}
      hint={say(`variant_${name}_hint`)}
    />
  );
}
