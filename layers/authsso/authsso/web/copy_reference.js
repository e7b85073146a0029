
const button = document.getElementById('copy');
const reference = document.getElementById('reference');
const copied = document.getElementById('copied');

async function copy() {
  try {
    await navigator.clipboard.writeText(reference.textContent);
    copied.textContent = button.dataset.copied;
  } catch {
    getSelection().selectAllChildren(reference);
    copied.textContent = button.dataset.notCopied;
  }
}

button.hidden = false;
button.addEventListener('click', copy);
