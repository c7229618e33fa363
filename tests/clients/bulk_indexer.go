// go-elasticsearch's BulkIndexer, four workers at once; _reindex as a task. ARGUMENT: the URL.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/elastic/go-elasticsearch/v8"
	"github.com/elastic/go-elasticsearch/v8/esapi"
	"github.com/elastic/go-elasticsearch/v8/esutil"
)

const documents = 5000

func main() {
	client, err := elasticsearch.NewClient(elasticsearch.Config{Addresses: []string{os.Args[1]}})
	if err != nil {
		log.Fatal(err)
	}
	indexer, err := esutil.NewBulkIndexer(esutil.BulkIndexerConfig{Client: client, Index: "go", NumWorkers: 4, FlushBytes: 20000})
	if err != nil {
		log.Fatal(err)
	}
	var created uint64
	for n := 0; n < documents; n++ {
		err := indexer.Add(context.Background(), esutil.BulkIndexerItem{
			Action: "create", DocumentID: fmt.Sprint(n), Body: strings.NewReader(fmt.Sprintf(`{"n":%d}`, n)),
			OnSuccess: func(context.Context, esutil.BulkIndexerItem, esutil.BulkIndexerResponseItem) { atomic.AddUint64(&created, 1) },
			OnFailure: func(_ context.Context, item esutil.BulkIndexerItem, answer esutil.BulkIndexerResponseItem, err error) {
				log.Fatal(item.DocumentID, answer.Error, err)
			},
		})
		if err != nil {
			log.Fatal(err)
		}
	}
	if err := indexer.Close(context.Background()); err != nil {
		log.Fatal(err)
	}
	if stats := indexer.Stats(); created != documents || stats.NumFailed != 0 {
		log.Fatalf("created %d of %d: %+v", created, documents, stats)
	}
	if _, err := client.Indices.Refresh(client.Indices.Refresh.WithIndex("go")); err != nil {
		log.Fatal(err)
	}
	count, err := client.Count(client.Count.WithIndex("go"))
	if err != nil || !strings.Contains(count.String(), `"count":5000`) {
		log.Fatal(count, err)
	}
	manageRuns(client)
	fmt.Println("go-elasticsearch done")
}

// answerOf is the body of an answer that has to be a success.
func answerOf(response *esapi.Response, err error) map[string]any {
	if err != nil || response.IsError() {
		log.Fatal(response, err)
	}
	defer response.Body.Close()
	var answer map[string]any
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		log.Fatal(err)
	}
	return answer
}

// manageRuns starts _reindex as a task, finds it, speeds it up, and cancels another.
func manageRuns(client *elasticsearch.Client) {
	start := func(dest string, rate int) string {
		body := strings.NewReader(fmt.Sprintf(`{"source":{"index":"go"},"dest":{"index":"%s"}}`, dest))
		run := client.Reindex
		return answerOf(run(body, run.WithWaitForCompletion(false), run.WithRequestsPerSecond(rate)))["task"].(string)
	}
	endOf := func(task string) map[string]any {
		get := client.Tasks.Get
		return answerOf(get(task, get.WithWaitForCompletion(true), get.WithTimeout(time.Minute)))["response"].(map[string]any)
	}
	slow := start("go-slow", 20)
	list := client.Tasks.List
	if listed := answerOf(list(list.WithActions("*reindex"), list.WithGroupBy("none")))["tasks"].([]any); len(listed) != 1 {
		log.Fatal(listed)
	}
	if answerOf(client.Tasks.Get(slow))["completed"].(bool) {
		log.Fatal("the run did not wait")
	}
	unlimited := -1
	answerOf(client.ReindexRethrottle(slow, &unlimited))
	if done := endOf(slow); done["created"].(float64) != documents {
		log.Fatal(done)
	}
	stopped := start("go-stopped", 1)
	cancel := client.Tasks.Cancel
	answerOf(cancel(cancel.WithTaskID(stopped)))
	if done := endOf(stopped); done["canceled"] != "by user request" {
		log.Fatal(done)
	}
}
