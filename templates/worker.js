// The service worker: a small server of the gym flow on the phone; static/edge/ says how.
const BUILD = "{{ build }}";
const SHELL = [{% for url in shell %}"{{ url }}", {% endfor %}"/offline", "/manifest.json"];
importScripts("{{ static('edge.js') }}");
