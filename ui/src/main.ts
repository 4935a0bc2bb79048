import "./css/index.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { tauri } from "./lib/api/backend";

mount(App, { target: document.body, props: { backend: tauri } });
