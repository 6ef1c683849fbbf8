// Mounts and unmounts elements, and tells how large the WebAssembly's memory is.
const memories = [];

const { instantiateStreaming } = WebAssembly;
WebAssembly.instantiateStreaming = async (...given) => {
  const made = await instantiateStreaming(...given);
  memories.push(...Object.values(made.instance.exports).filter((one) => one instanceof WebAssembly.Memory));
  return made;
};

window.wasmBytes = () => memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0);

/** So many times: an element comes and goes before it has its widget. */
window.pass = async (times) => {
  for (let time = 0; time < times; time += 1) {
    const element = document.createElement("cognito-login");
    element.setAttribute("user-pool-id", "us-east-1_LocalPool");
    element.setAttribute("client-id", "localclient");
    document.body.append(element);
    element.shadowRoot.querySelector("input").value = "me@example.com";
    element.remove();
    await new Promise((resolve) => setTimeout(resolve));
  }
};

/** So many times: so many elements come, are typed into now and then, which makes SRP's first key, and go. */
window.cycle = async (times, atOnce) => {
  for (let time = 0; time < times; time += 1) {
    const elements = Array.from({ length: atOnce }, () => {
      const element = document.createElement("cognito-login");
      element.setAttribute("user-pool-id", "us-east-1_LocalPool");
      element.setAttribute("client-id", "localclient");
      document.body.append(element);
      return element;
    });
    await Promise.all(elements.map((element) => element.ready));
    for (const element of elements) {
      const input = element.shadowRoot.querySelector("input");
      input.value = "me@example.com";
      if (time % 10 === 0) input.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
      element.remove();
    }
    await new Promise((resolve) => setTimeout(resolve));
  }
};
