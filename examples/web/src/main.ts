// The page: the portal's name, its latest news, a search box.
import { portalName, Refusal } from "./api";
import { complain, find } from "./dom";
import { showMore } from "./news";
import { show } from "./results";
import * as suggestions from "./suggestions";

const AWAY = "Không kết nối được với cổng thông tin. Hãy thử lại sau.";

function failed(error: unknown): void {
  complain(error instanceof Refusal ? error.message : AWAY);
  console.warn(error);
}

function attempt(work: () => Promise<void>): void {
  complain("");
  work().catch(failed);
}

find("#news button").addEventListener("click", () => attempt(showMore));
find("#search").addEventListener("submit", (event) => {
  event.preventDefault();
  suggestions.forget();
  attempt(() => show(find<HTMLInputElement>("#question").value.trim()));
});
suggestions.watch(failed);
attempt(async () => {
  find("#portal").textContent = await portalName();
  await showMore();
});
