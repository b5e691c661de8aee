// Who is signed in, as the site knows it. Steps may show it, triggers may send it.
window.visitorTags = { userId: 'user_123', firstName: 'Ada', plan: 'Trial' }
