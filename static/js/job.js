// Shows how far a long work is, once a second; the page is loaded anew when it has ended.
const PAUSE = 1000;

async function look() {
  const shown = document.querySelector("[data-job][data-running]");
  if (!shown) return;
  try {
    const answer = await fetch(shown.dataset.job, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const job = fresh.querySelector("[data-job]");
    if (!("running" in job.dataset)) {
      location.reload();
      return;
    }
    shown.replaceWith(job);
  } catch {
    // The site is away for a moment; the work is not.
  }
  setTimeout(look, PAUSE);
}

setTimeout(look, PAUSE);
