window.YTD.tweets.part0 = [
  {
    "tweet" : {
      "id_str" : "9001",
      "created_at" : "Mon Feb 03 21:05:10 +0000 2025",
      "full_text" : "The harbour log is online: https://t.example/q1 and it says “no ship was sighted”",
      "entities" : {"urls" : [{"url" : "https://t.example/q1", "expanded_url" : "https://nsarchive.gwu.edu/document/41000-harbour-log", "indices" : ["27", "47"]}]}
    }
  },
  {
    "tweet" : {
      "id_str" : "9002",
      "in_reply_to_status_id_str" : "9001",
      "created_at" : "Tue Feb 04 06:00:00 +0000 2025",
      "text" : "A long thought about the log that is cut sho… https://t.example/q2",
      "note_tweet" : {
        "text" : "A long thought about the log that is cut short elsewhere, see https://t.example/q3",
        "entities" : {"urls" : [{"url" : "https://t.example/q3", "expanded_url" : "https://nsarchive.gwu.edu/media/41000/ocr"}]}
      }
    }
  }
]
