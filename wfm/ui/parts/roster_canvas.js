// Draws a roster: people down, time across. Everything that came from a user is drawn with fillText or textContent, never as HTML.
const ROW = 22, HEAD = 28, NAMES = 150, VIEW = 620, PAD = 4;

function numbers(text) {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  return new Int32Array(bytes.buffer);
}

function clock(data, minute) {
  let offset = data.offsets[0][1];
  for (const [from, value] of data.offsets) if (minute >= from) offset = value;
  const wall = (((minute + offset) % 1440) + 1440) % 1440;
  return String(Math.floor(wall / 60)).padStart(2, "0") + ":" + String(wall % 60).padStart(2, "0");
}

function legend(root, data) {
  const box = root.querySelector(".legend");
  box.replaceChildren();
  const entries = new Map(data.kinds.map(([, colour, entry]) => [entry, colour]));
  entries.forEach((colour, name) => {
    const item = document.createElement("span"), chip = document.createElement("i");
    chip.style.background = colour;
    item.append(chip, document.createTextNode(name));
    box.append(item);
  });
}

function draw(state) {
  const { canvas, scroll, data, segments, colours } = state;
  const width = scroll.clientWidth, height = scroll.clientHeight, scale = window.devicePixelRatio || 1;
  if (!width || !height) return;
  canvas.width = width * scale;
  canvas.height = height * scale;
  canvas.style.width = width + "px";
  canvas.style.height = height + "px";
  const pen = canvas.getContext("2d"), top = scroll.scrollTop;
  const x = (minute) => NAMES + ((minute - data.start) / (data.end - data.start)) * (width - NAMES - PAD);
  state.x = x;
  pen.scale(scale, scale);
  pen.font = "12px " + state.font;
  pen.textBaseline = "middle";
  lines(pen, data, x, height, state);
  const first = Math.floor(top / ROW), last = Math.min(data.rows.length, Math.ceil((top + height) / ROW));
  pen.save();
  pen.beginPath();
  pen.rect(0, HEAD, width, height);
  pen.clip();
  names(pen, data, first, last, top, width, state);
  for (let i = 0; i < segments.length; i += 4) {
    const row = segments[i];
    if (row < first || row >= last) continue;
    const left = Math.max(x(segments[i + 1]), NAMES), right = Math.min(x(segments[i + 2]), width - PAD);
    if (right <= left) continue;
    pen.fillStyle = colours[segments[i + 3]];
    pen.fillRect(left, HEAD + row * ROW - top + 3, Math.max(right - left - 0.6, 0.8), ROW - 6);
  }
  pen.restore();
}

// Who is in view, where not everybody is: a scroll bar alone is easily missed, and some systems hide it.
function count(state) {
  const { scroll, data, counted } = state, all = data.rows.length;
  const first = Math.floor(scroll.scrollTop / ROW) + 1;
  const last = Math.min(all, Math.floor((scroll.scrollTop + scroll.clientHeight - HEAD) / ROW));
  counted.textContent = last - first + 1 >= all ? "" : `${first}–${last} of ${all} people; scroll inside the picture for the others`;
}

function lines(pen, data, x, height, state) {
  pen.textAlign = "center";
  for (const [minute, label, strong] of data.ticks) {
    const at = x(minute);
    pen.fillStyle = state.text;
    const half = pen.measureText(label).width / 2;
    if (label) pen.fillText(label, Math.min(at, state.scroll.clientWidth - half - 2), HEAD / 2);
    pen.globalAlpha = strong ? 0.35 : 0.12;
    pen.fillRect(at, HEAD - 4, 1, height);
    pen.globalAlpha = 1;
  }
}

function names(pen, data, first, last, top, width, state) {
  pen.textAlign = "left";
  for (let row = first; row < last; row++) {
    const y = HEAD + row * ROW - top;
    pen.fillStyle = state.text;
    if (row % 2) {
      pen.globalAlpha = 0.04;
      pen.fillRect(0, y, width, ROW);
      pen.globalAlpha = 1;
    }
    let name = data.rows[row];
    while (name.length > 2 && pen.measureText(name).width > NAMES - 14) name = name.slice(0, -2) + "…";
    pen.fillText(name, 4, y + ROW / 2);
  }
}

function hint(state, event) {
  const { tip, scroll, data, segments } = state, box = scroll.getBoundingClientRect();
  const left = event.clientX - box.left, down = event.clientY - box.top - HEAD;
  const row = Math.floor((down + scroll.scrollTop) / ROW);
  let found = -1;
  if (down >= 0 && left >= NAMES)
    for (let i = 0; i < segments.length; i += 4)
      if (segments[i] === row && state.x(segments[i + 1]) <= left && left < state.x(segments[i + 2])) found = i;
  tip.hidden = found < 0;
  if (found < 0) return;
  const from = clock(data, segments[found + 1]), to = clock(data, segments[found + 2]);
  tip.textContent = `${data.rows[row]}: ${data.kinds[segments[found + 3]][0]}, ${from}–${to}`;
  tip.style.left = Math.min(left + 12, box.width - tip.offsetWidth - 8) + "px";
  tip.style.top = Math.min(event.clientY - box.top + 14, box.height - 30) + "px";
}

export default function ({ parentElement, data }) {
  const root = parentElement.querySelector(".roster"), scroll = root.querySelector(".scroll"), style = getComputedStyle(root);
  const state = {
    data, scroll, canvas: root.querySelector("canvas"), tip: root.querySelector(".tip"), counted: root.querySelector(".count"), segments: numbers(data.segments),
    colours: data.kinds.map((kind) => kind[1]), text: style.color, font: style.fontFamily, x: (minute) => minute,
  };
  const full = HEAD + data.rows.length * ROW + PAD;
  root.querySelector(".full").style.height = full + "px";
  scroll.style.height = Math.min(full, Math.max(VIEW, Math.round(window.innerHeight * 0.75))) + "px";
  legend(root, data);
  const paint = () => {
    draw(state);
    count(state);
  };
  const watcher = new ResizeObserver(paint);
  watcher.observe(scroll);
  scroll.onscroll = paint;
  scroll.onmousemove = (event) => hint(state, event);
  scroll.onmouseleave = () => (state.tip.hidden = true);
  paint();
  return () => watcher.disconnect();
}
