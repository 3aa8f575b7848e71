{# The service worker: a small server of the gym flow on the phone; static/edge/ says how. #}
const BUILD = "{{ build }}";
importScripts("{{ static('edge.js') }}");
