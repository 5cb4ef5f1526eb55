package main

import "time"

// A Clock is the time in one place.
type Clock struct {
	Place string `json:"place"`
	Time  string `json:"time"`
	Zone  string `json:"zone"`
}

var places = []string{"America/New_York", "Europe/Zurich", "Asia/Kolkata", "Asia/Tokyo"}

// clocks tells the time of all places at one moment.
func clocks(now time.Time) ([]Clock, error) {
	found := make([]Clock, 0, len(places))
	for _, place := range places {
		location, err := time.LoadLocation(place)
		if err != nil {
			return nil, err
		}
		there := now.In(location)
		found = append(found, Clock{Place: place, Time: there.Format("15:04"), Zone: there.Format("MST")})
	}
	return found, nil
}
