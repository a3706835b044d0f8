import { jpegOf } from "./source";

const WIDTH = 1_600;
const HEIGHT = 1_200;

/** Returns a test picture: bars of colour, a circle, and the time, so that two pictures differ. */
export function testPicture(time: Date): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = canvas.getContext("2d");
  if (pen) draw(pen, time.toLocaleString("sv-SE"));
  return jpegOf(canvas);
}

const BARS = ["#f2f2f2", "#e6d24a", "#46c3c9", "#4fae5b", "#b565c1", "#d0524a", "#3f62c4"];

function draw(pen: CanvasRenderingContext2D, words: string): void {
  const bar = WIDTH / BARS.length;
  BARS.forEach((colour, i) => {
    pen.fillStyle = colour;
    pen.fillRect(Math.floor(i * bar), 0, Math.ceil(bar), HEIGHT);
  });
  pen.fillStyle = "#10201e";
  pen.fillRect(0, HEIGHT * 0.78, WIDTH, HEIGHT * 0.22);
  pen.strokeStyle = "#10201e";
  pen.lineWidth = 12;
  pen.beginPath();
  pen.arc(WIDTH / 2, HEIGHT * 0.39, HEIGHT * 0.3, 0, Math.PI * 2);
  pen.stroke();
  pen.fillStyle = "#ffffff";
  pen.font = "600 84px ui-monospace, Menlo, Consolas, monospace";
  pen.textAlign = "center";
  pen.fillText(words, WIDTH / 2, HEIGHT * 0.92);
}
