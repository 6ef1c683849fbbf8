// The floor of what a page costs: the form alone.
import { form } from "./form.js";

form(async () => {});
