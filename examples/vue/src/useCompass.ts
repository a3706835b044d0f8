import { onMounted, onUnmounted, ref } from "vue";
import { listenToCompass } from "./compass";

/** Returns the direction of the phone's top edge, in degrees from north, while the component is mounted. */
export function useCompass(failed: (error: unknown) => void) {
  const direction = ref<number>();
  let leave = () => {};
  onMounted(() => {
    leave = listenToCompass({
      turned(degrees) {
        direction.value = degrees;
      },
      failed,
    });
  });
  onUnmounted(() => leave());
  return direction;
}
