import { getContext, setContext } from "svelte";
import type { Store } from "./store.svelte";

const key = Symbol("store");

export const giveStore = (store: Store): Store => setContext(key, store);
export const useStore = (): Store => getContext<Store>(key);
